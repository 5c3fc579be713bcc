// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/utf8.h"
#include "fihris/error.h"

namespace fihris::reader {
namespace {

struct CloseConverter {
  void operator()(UConverter* c) const { ucnv_close(c); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const std::string& name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &status));
  if (U_FAILURE(status) || converter == nullptr) {
    throw Error(ErrorCode::invalid_argument, "\"" + name + "\" is no known encoding",
                "names like UTF-8, UTF-16LE, windows-1256, ISO-8859-6");
  }
  return converter;
}

/// Bytes that stand in texts of no charset.
bool is_odd_control(unsigned char byte) {
  return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' &&
         byte != 0x1A && byte != 0x1B;
}

struct Utf8Count {
  std::size_t good = 0;  ///< well-formed sequences of two bytes and more
  std::size_t bad = 0;
  std::size_t longest = 0;  ///< well-formed ones with no malformed one between them
};

/// So many in a row no text in a charset of single bytes has by chance.
constexpr std::size_t kSurelyUtf8 = 8;

Utf8Count count_utf8(std::string_view text, bool whole) {
  Utf8Count count;
  std::size_t run = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const auto c = utf8::decode(text, at);
    if (!c.valid && !whole && at + 4 > text.size()) break;  // cut by the end of the head
    ++(c.valid ? count.good : count.bad);
    run = c.valid ? run + 1 : 0;
    count.longest = std::max(count.longest, run);
    at += c.length;
  }
  return count;
}

/// UTF-16 without a mark: ASCII blanks, digits and brackets leave a zero in every other byte, and
/// Arabic leaves 0x06.
std::string utf16_without_mark(std::string_view head) {
  std::array<std::size_t, 2> high{};
  std::array<std::size_t, 2> zero{};
  const auto pairs = std::min<std::size_t>(head.size(), 4096) / 2;
  if (pairs < 4) return {};
  for (std::size_t i = 0; i < pairs * 2; ++i) {
    const auto byte = static_cast<unsigned char>(head[i]);
    if (byte == 0) ++zero[i % 2];
    if (byte == 0 || byte == 6) ++high[i % 2];
  }
  for (const std::size_t side : {0u, 1u}) {
    if (high[side] * 10 >= pairs * 9 && zero[side] > 0 && high[1 - side] * 4 < pairs) {
      return side == 0 ? "UTF-16BE" : "UTF-16LE";
    }
  }
  return {};
}

class ConvertedStream : public ConvertingStream {
 public:
  ConvertedStream(ByteStream& from, const std::string& charset)
      : from_(&from), input_(open_converter(charset)), output_(open_converter("UTF-8")) {}

  std::string_view read() override {
    while (!ended_) {
      const auto block = from_->read();
      ended_ = block.empty();
      out_.clear();
      const char* source = block.empty() ? "" : block.data();
      const char* const end = source + block.size();
      UErrorCode status = U_ZERO_ERROR;
      do {
        status = U_ZERO_ERROR;
        char* target = piece_.data();
        ucnv_convertEx(output_.get(), input_.get(), &target, piece_.data() + piece_.size(), &source,
                       end, pivot_.data(), &pivot_from_, &pivot_to_, pivot_.data() + pivot_.size(),
                       false, ended_, &status);
        out_.append(piece_.data(), static_cast<std::size_t>(target - piece_.data()));
      } while (status == U_BUFFER_OVERFLOW_ERROR);
      if (U_FAILURE(status)) out_ += "\xEF\xBF\xBD";
      for (auto at = out_.find("\xEF\xBF\xBD"); at != out_.npos;
           at = out_.find("\xEF\xBF\xBD", at + 3)) {
        ++replaced_;
      }
      if (!begun_ && !out_.empty()) {
        begun_ = true;
        if (out_.starts_with("\xEF\xBB\xBF")) out_.erase(0, 3);  // the byte order mark
      }
      if (!out_.empty()) return out_;
    }
    return {};
  }
  std::uint64_t replaced() const override { return replaced_; }

 private:
  ByteStream* from_;
  Converter input_;
  Converter output_;
  std::vector<char> piece_ = std::vector<char>(1 << 16);
  std::vector<UChar> pivot_ = std::vector<UChar>(1 << 14);
  UChar* pivot_from_ = pivot_.data();
  UChar* pivot_to_ = pivot_.data();
  std::string out_;
  std::uint64_t replaced_ = 0;
  bool begun_ = false;
  bool ended_ = false;
};

class OneBlock : public ByteStream {
 public:
  explicit OneBlock(std::string_view block) : block_(block) {}
  std::string_view read() override { return std::exchange(block_, {}); }

 private:
  std::string_view block_;
};

/// The candidate that reads best, if any reads as Arabic at all.
Charset best_reading(std::string_view head, std::string_view declared) {
  head = head.substr(0, 1 << 16);
  std::vector<std::string> candidates{"windows-1256", "ISO-8859-6"};
  if (!declared.empty()) candidates.emplace_back(declared);
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector* detector = ucsdet_open(&status);
  if (U_SUCCESS(status)) {
    ucsdet_setText(detector, head.data(), static_cast<std::int32_t>(head.size()), &status);
    const auto* match = ucsdet_detect(detector, &status);
    const char* name =
        U_SUCCESS(status) && match != nullptr ? ucsdet_getName(match, &status) : nullptr;
    if (U_SUCCESS(status) && name != nullptr && ucsdet_getConfidence(match, &status) >= 50) {
      candidates.emplace_back(name);
    }
  }
  ucsdet_close(detector);
  constexpr double kReadsAsArabic = 0.5;
  Charset best{Charset::Kind::unknown, {}};
  double score = kReadsAsArabic;
  for (const auto& name : candidates) {
    try {
      const double reads = arabic_score(convert(head, name));
      if (reads > score) {
        score = reads;
        best = {Charset::Kind::other, name};
      }
    } catch (const Error&) {  // a declared name that nobody knows
    }
  }
  return best;
}

/// What a text that is no UTF-8 is written in.
Charset other_charset(std::string_view head, std::string_view declared, bool rather_utf8) {
  using Kind = Charset::Kind;
  const bool utf8_declared = declared.size() >= 4 && (declared[0] == 'u' || declared[0] == 'U');
  if (!declared.empty() && !utf8_declared) {
    try {
      open_converter(std::string(declared));
      const auto text = convert(head.substr(0, 1 << 16), std::string(declared));
      // The text knows best, unless something else reads as Arabic and this does not.
      if (text.find("\xEF\xBF\xBD") == text.npos && arabic_score(text) > 0.3) {
        return {Kind::other, std::string(declared)};
      }
      auto best = best_reading(head, declared);
      return best.kind == Kind::other ? best : Charset{Kind::other, std::string(declared)};
    } catch (const Error&) {
    }
  }
  auto best = best_reading(head, {});
  if (best.kind == Kind::other) return best;
  return rather_utf8 ? Charset{} : best;
}

}  // namespace

double arabic_score(std::string_view text) {
  // What tells Arabic from the same bytes misread: nearly all letters are Arabic ones; words begin
  // with the article; teh marbuta and alef maqsura end words; no letter of a foreign script or
  // control character stands among them.
  std::size_t letters = 0;
  std::size_t foreign = 0;
  std::size_t articles = 0;
  std::size_t words = 0;
  std::size_t misplaced = 0;
  char32_t last = ' ';
  char32_t before = ' ';
  const auto arabic = [](char32_t c) { return c >= 0x621 && c <= 0x64A && c != 0x640; };
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    at += c.length;
    if (arabic(c.code)) {
      ++letters;
      if (!arabic(last)) ++words;
      if (last == 0x627 && c.code == 0x644 && !arabic(before)) ++articles;
      if (arabic(last) && (last == 0x629 || last == 0x649)) ++misplaced;
      // hamza carriers and tanween letters seldom stand in rows
      if (c.code < 0x627 && arabic(last) && last < 0x627) ++misplaced;
    } else if (c.code >= 0x80) {
      const bool mark = (c.code >= 0x60C && c.code <= 0x6FF) || c.code == 0xAB || c.code == 0xBB ||
                        c.code == 0xA0 || (c.code >= 0x2010 && c.code <= 0x2026) ||
                        (c.code >= 0x200C && c.code <= 0x200F);
      if (!mark) ++foreign;
    }
    before = last;
    last = c.code;
  }
  if (letters < 8 || words == 0) return 0;
  const auto share = [](std::size_t part, std::size_t all) {
    return static_cast<double>(part) / static_cast<double>(all);
  };
  double score = 1 - 3 * share(foreign, letters + foreign) - 6 * share(misplaced, letters);
  const double length = share(letters, words);
  if (length > 12 || length < 2) score -= 0.3;
  // a tenth of the words of any longer text have the article
  if (words >= 20 && share(articles, words) < 0.04) score -= 0.4;
  return std::clamp(score + std::min(0.2, share(articles, words)) - 0.2, 0.0, 1.0);
}

Charset detect_charset(std::string_view head, std::string_view declared, bool whole) {
  using Kind = Charset::Kind;
  if (head.starts_with("\xEF\xBB\xBF")) return {Kind::utf8, {}, 3};
  if (head.starts_with(std::string_view("\xFF\xFE\0\0", 4))) return {Kind::other, "UTF-32LE", 4};
  if (head.starts_with("\xFF\xFE")) return {Kind::other, "UTF-16LE", 2};
  if (head.starts_with("\xFE\xFF")) return {Kind::other, "UTF-16BE", 2};
  if (auto name = utf16_without_mark(head); !name.empty()) return {Kind::other, std::move(name)};
  const auto odd = static_cast<std::size_t>(std::count_if(head.begin(), head.end(), [](char c) {
    return is_odd_control(static_cast<unsigned char>(c));
  }));
  const auto [good, bad, longest] = count_utf8(head, whole);
  if ((odd > 8 && odd * 20 > head.size()) || (bad > good && odd * 100 > head.size()))
    return {Kind::binary, {}};
  if (bad == 0 || bad * 2 <= good) return {Kind::utf8, {}};
  // Parts in UTF-8 and parts not: read as UTF-8, the others are told; the other way round they
  // would become wrong letters without a word.
  if (longest >= kSurelyUtf8 && good * 4 >= bad) return {Kind::utf8, {}};
  auto found = other_charset(head, declared, good > bad);
  found.mixed = found.kind == Kind::other && longest >= kSurelyUtf8;
  return found;
}

bool has_utf8_line(std::string_view head) {
  for (std::size_t at = 0; at < head.size();) {
    const auto end = std::min(head.find('\n', at), head.size());
    const auto count = count_utf8(head.substr(at, end - at), true);
    if (count.bad == 0 && count.good >= kSurelyUtf8) return true;
    at = end + 1;
  }
  return false;
}

Charset named_charset(const std::string& name) {
  const auto converter = open_converter(name);
  const auto type = ucnv_getType(converter.get());
  if (type == UCNV_UTF8) return {};
  return {Charset::Kind::other, name};
}

std::unique_ptr<ConvertingStream> convert_stream(ByteStream& from, const std::string& charset) {
  return std::make_unique<ConvertedStream>(from, charset);
}

std::string convert(std::string_view bytes, const std::string& charset) {
  OneBlock block(bytes);
  ConvertedStream stream(block, charset);
  std::string text;
  for (auto part = stream.read(); !part.empty(); part = stream.read()) text += part;
  return text;
}

}  // namespace fihris::reader
