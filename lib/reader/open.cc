// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <deque>
#include <unordered_map>

#include "base/tsv.h"
#include "base/utf8.h"
#include "fihris/error.h"
#include "fihris/reader.h"
#include "reader/charset.h"
#include "reader/clean.h"
#include "reader/detect.h"
#include "reader/formats.h"
#include "reader/inputs.h"
#include "reader/source.h"
#include "reader/tails.h"
#ifdef FIHRIS_HTML
#include "reader/selector.h"
#endif

namespace fihris {
namespace {

using reader::Charset;

constexpr std::size_t kHead = 1 << 18;         // bytes that tell format and charset
constexpr std::size_t kAhead = 1000;           // articles read before the first is given
constexpr std::size_t kAheadBytes = 16 << 20;  // or so many bytes of text

/// CR as LF, for texts of old Macs.
class LineEnds : public reader::ByteStream {
 public:
  explicit LineEnds(reader::ByteStream& from) : from_(&from) {}
  std::string_view read() override {
    block_ = from_->read();
    for (auto& c : block_) {
      if (c == '\r') c = '\n';
    }
    return block_;
  }

 private:
  reader::ByteStream* from_;
  std::string block_;
};

/// A stream without its byte order mark.
class WithoutMark : public reader::ByteStream {
 public:
  WithoutMark(reader::ByteStream& from, std::size_t mark) : from_(&from), mark_(mark) {}
  std::string_view read() override {
    auto block = from_->read();
    while (mark_ > 0 && !block.empty()) {
      const auto cut = std::min(mark_, block.size());
      block.remove_prefix(cut);
      mark_ -= cut;
      if (block.empty()) block = from_->read();
    }
    return block;
  }

 private:
  reader::ByteStream* from_;
  std::size_t mark_;
};

/// The streams and the reader of one text, each over the one above it.
struct OpenText {
  std::string name;
  std::string encoding;
  std::unique_ptr<reader::PeekStream> bytes;
  std::unique_ptr<reader::ByteStream> converted;
  const reader::ConvertingStream* converting = nullptr;
  std::unique_ptr<reader::PeekStream> text;
  std::unique_ptr<reader::ByteStream> line_ends;
  std::unique_ptr<reader::RecordReader> records;
};

struct Ready {
  Article article;
  Origin origin;
  std::size_t file = 0;
  std::uint64_t record = 0;
  std::uint64_t bytes = 0;  ///< of all files, read up to it
};

struct FileState {
  reader::InputFile input;
  std::uint64_t records = 0;  ///< given out, with the skipped ones before them
  std::uint64_t read = 0;
  std::uint64_t pass_over = 0;
  std::uint64_t waiting = 0;  ///< articles read and not given out
  bool ended = false;
  bool failed = false;
  bool unchanged = false;
};

}  // namespace

struct ArticleReader::Impl {
  ReaderOptions options;
  std::function<void(const ReadFault&)> report = [](const ReadFault&) {};
  std::function<void(const ReadText&)> tell = [](const ReadText&) {};
  reader::RecordBuilder builder;
  reader::TailFinder tails;
  std::vector<std::string> inputs;
  std::vector<ReadFault> early;  ///< found before a handler was there
  std::vector<FileState> files;
  std::size_t next_file = 0;
  std::unique_ptr<reader::ByteSource> source;
  std::optional<OpenText> open;
  std::deque<Ready> ready;
  std::size_t ready_bytes = 0;
  std::uint64_t done_bytes = 0;
  std::uint64_t given_bytes = 0;  ///< up to the last article that was given out
  std::uint64_t total_bytes = 0;
  std::uint64_t passed_over = 0;
  bool ended = false;

  Impl(std::vector<std::string> given, ReaderOptions wanted)
      : options(std::move(wanted)), builder(options), inputs(std::move(given)) {
    if (!options.encoding.empty()) reader::named_charset(options.encoding);
#ifdef FIHRIS_HTML
    if (!options.selector.empty()) reader::Selector check(options.selector);
#endif
    std::unordered_map<std::string, const ReadMark*> done;
    for (const auto& mark : options.done) done[mark.file] = &mark;
    const auto note = [&](const std::string& path, const std::string& message) {
      early.push_back({{path, 0}, message, true, {}, false, {}});
    };
    for (auto& input : reader::find_inputs(inputs, note)) {
      FileState file{std::move(input)};
      const auto mark = done.find(file.input.path);
      if (mark != done.end() && file.input.regular && mark->second->size == file.input.size &&
          mark->second->modified == file.input.modified) {
        file.unchanged = mark->second->complete;
        file.records = file.pass_over = mark->second->records;
        if (file.unchanged) ++passed_over;
      }
      if (!file.unchanged) total_bytes += file.input.size;
      files.push_back(std::move(file));
    }
  }

  FileState& file() { return files[next_file - 1]; }
  std::uint64_t all_bytes() const { return done_bytes + (source ? source->bytes_read() : 0); }

  void fault(Origin origin, std::string message, bool skipped, std::string raw, std::string remedy,
             bool failed = false) {
    if (!utf8::is_valid(raw)) raw = utf8::sanitize(raw);
    report({std::move(origin), std::move(message), skipped, std::move(raw), failed,
            std::move(remedy)});
  }

  /// A failure of the file that is being read.
  void failed(const std::string& name, const Error& error) {
    std::string message = error.what();
    const auto& path = file().input.path;
    if (error.code() == ErrorCode::interrupted) {
      ended = true;
      return;
    }
    if (message.starts_with(path + ": ")) message.erase(0, path.size() + 2);
    file().failed = true;
    fault({name, 0}, std::move(message), true, {}, error.hint(), true);
  }

  /// Begins the next text. False when there is none.
  bool advance() {
    for (;;) {
      if (ended) return false;
      if (source == nullptr) {
        if (next_file == files.size()) return false;
        ++next_file;
        if (file().unchanged) continue;
        try {
          source = reader::ByteSource::open(
              file().input.path, options, [this](const std::string& name, const std::string& what) {
                fault({name, 0}, what, true, {}, {});
              });
        } catch (const Error& error) {
          failed(file().input.path, error);
          file().ended = !ended;
          continue;
        }
      }
      std::string name = file().input.path;
      try {
        const auto member = source->next_member();
        if (!member) {
          close();
          continue;
        }
        name = *member;
        if (begin(name)) return true;
      } catch (const Error& error) {
        failed(name, error);
      }
    }
  }

  void close() {
    done_bytes += source->bytes_read();
    source.reset();
    file().ended = true;
  }

  /// Finds out what the text is. False if it is not for reading.
  bool begin(const std::string& name) {
    using Kind = Charset::Kind;
    open.emplace();
    auto& o = *open;
    o.name = name;
    o.bytes = std::make_unique<reader::PeekStream>(source.get());
    const auto head = o.bytes->peek(kHead);
    const bool whole = head.size() < kHead;
    const auto refuse = [&](std::string why, std::string remedy) {
      ++file().read;
      fault({name, 0}, std::move(why), true, {}, std::move(remedy));
      open.reset();
      return false;
    };
    if (head.empty()) {
      open.reset();
      return false;
    }
    const auto packing = reader::packing_of(head, {});
    if (packing != reader::Packing::none) {
      return refuse("packed more than once", "unpack it first: one layer is taken off and no more");
    }
    auto charset = options.encoding.empty()
                       ? reader::detect_charset(head, reader::declared_charset(head), whole)
                       : reader::named_charset(options.encoding);
    const bool lines = options.format == InputFormat::jsonl ||
                       options.format == InputFormat::json ||
                       (options.format == InputFormat::automatic && trim(head).starts_with('{'));
    // JSON is checked line by line: one bad record is no reason to refuse a file.
    if (lines && (charset.kind == Kind::binary || charset.kind == Kind::unknown)) charset = {};
    if (lines && options.encoding.empty() && charset.kind == Kind::other && charset.mark == 0 &&
        !charset.name.starts_with("UTF-") && reader::has_utf8_line(head)) {
      charset = {};
    }
    if (charset.kind == Kind::binary) return refuse("binary data, no text", {});
    if (charset.kind == Kind::unknown) {
      return refuse("neither UTF-8 nor an encoding that can be told", "--encoding names it");
    }
    if (charset.kind == Kind::other) {
      auto converting = reader::convert_stream(*o.bytes, charset.name);
      o.converting = converting.get();
      o.converted = std::move(converting);
      o.encoding = charset.name;
      o.text = std::make_unique<reader::PeekStream>(o.converted.get());
    } else {
      o.converted = std::make_unique<WithoutMark>(*o.bytes, charset.mark);
      o.text = std::make_unique<reader::PeekStream>(o.converted.get());
    }
    const auto text = o.text->peek(kHead);
    auto format = options.format;
    if (format == InputFormat::automatic) format = reader::detect_format(text, name);
    if (format == InputFormat::jsonl && reader::is_json_stream(text)) format = InputFormat::json;
    if (charset.mixed) {
      fault({name, 0}, "parts of it are UTF-8, more is " + charset.name + ": all is read as that",
            false, {}, "--encoding UTF-8 reads the others");
    }
    tell({name, format, charset.kind == Kind::other ? charset.name : "UTF-8"});
    o.records = make_reader(o, format, text);
    return true;
  }

  std::unique_ptr<reader::RecordReader> make_reader(OpenText& o, InputFormat format,
                                                    std::string_view head) {
    reader::ByteStream* text = o.text.get();
    if (format != InputFormat::jsonl && format != InputFormat::json &&
        head.find('\n') == head.npos && head.find('\r') != head.npos) {
      o.line_ends = std::make_unique<LineEnds>(*text);
      text = o.line_ends.get();
    }
    const reader::TextInput input{text, &builder, shown_name(o.name)};
    switch (format) {
      case InputFormat::json:
        return reader::read_json(input);
      case InputFormat::csv:
        return reader::read_csv(input, false);
      case InputFormat::tsv:
        return reader::read_csv(input, true);
      case InputFormat::text:
        return reader::read_text(input);
      case InputFormat::feed:
        return reader::read_feed(input);
      case InputFormat::mediawiki:
        return reader::read_mediawiki(input);
      case InputFormat::trec:
        return reader::read_trec(input);
      case InputFormat::html:
#ifdef FIHRIS_HTML
        return reader::read_html(input);
#else
        throw Error(ErrorCode::unsupported, o.name + ": this build reads no HTML",
                    "build with -Dhtml=enabled");
#endif
      default:
        return reader::read_jsonl(input);
    }
  }

  /// The id of an article that is a whole file.
  static std::string shown_name(std::string_view name) {
    while (name.starts_with("./")) name.remove_prefix(2);
    if (name == "-") return {};  // two texts from standard input are not one
    return reader::one_line(utf8::sanitize(name));
  }

  /// Reads one record into `ready`. False at the end of all inputs.
  bool read_one() {
    for (;;) {
      if (!open && !advance()) return false;
      std::optional<reader::Outcome> outcome;
      try {
        outcome = open->records->next();
      } catch (const Error& error) {
        const auto name = open->name;
        open.reset();
        failed(name, error);
        if (ended) return false;
        continue;
      }
      if (!outcome) {
        if (open->converting != nullptr && open->converting->replaced() > 0) {
          const auto count = open->converting->replaced();
          fault({open->name, 0},
                "not all of it is " + open->encoding + ": " + std::to_string(count) +
                    (count == 1 ? " character" : " characters") + " became U+FFFD",
                false, {}, {});
        }
        open.reset();
        continue;
      }
      auto& of = file();
      const bool again = ++of.read <= of.pass_over;
      Origin origin{open->name, outcome->line};
      if (!again) {
        if (!outcome->article && outcome->faults.size() > 1) {  // one record, one report
          for (std::size_t i = 1; i < outcome->faults.size(); ++i) {
            outcome->faults[0] += "; " + outcome->faults[i];
          }
          outcome->faults.resize(1);
        }
        for (auto& message : outcome->faults) {
          fault(origin, std::move(message), !outcome->article, outcome->raw, outcome->remedy);
        }
      }
      if (!outcome->article) continue;
      if (options.set_tails_apart) tails.learn(*outcome->article);
      if (again) continue;
      ready_bytes += outcome->article->text.size();
      ++of.waiting;
      ready.push_back(
          {std::move(*outcome->article), std::move(origin), next_file - 1, of.read, all_bytes()});
      return true;
    }
  }
};

ArticleReader::ArticleReader(std::vector<std::string> inputs, ReaderOptions options)
    : impl_(std::make_unique<Impl>(std::move(inputs), std::move(options))) {}
ArticleReader::~ArticleReader() = default;
ArticleReader::ArticleReader(ArticleReader&&) noexcept = default;
ArticleReader& ArticleReader::operator=(ArticleReader&&) noexcept = default;

std::optional<std::pair<Article, Origin>> ArticleReader::next() {
  auto& me = *impl_;
  for (auto& fault : std::exchange(me.early, {})) me.report(fault);
  const auto wanted = me.options.set_tails_apart ? kAhead : 1;
  while (!me.ended && me.ready.size() < wanted && me.ready_bytes < kAheadBytes) {
    me.ended = !me.read_one();
  }
  if (me.ready.empty() || (me.options.stop != nullptr && *me.options.stop)) return std::nullopt;
  auto front = std::move(me.ready.front());
  me.ready.pop_front();
  me.ready_bytes -= front.article.text.size();
  auto& file = me.files[front.file];
  file.records = front.record;
  me.given_bytes = front.bytes;
  --file.waiting;
  if (me.options.set_tails_apart) front.article = me.tails.set_apart(std::move(front.article));
  return std::pair{std::move(front.article), std::move(front.origin)};
}

void ArticleReader::on_fault(std::function<void(const ReadFault&)> handler) {
  impl_->report = std::move(handler);
}

void ArticleReader::on_text(std::function<void(const ReadText&)> handler) {
  impl_->tell = std::move(handler);
}

std::uint64_t ArticleReader::bytes_read() const {
  return impl_->ready.empty() ? impl_->all_bytes() : impl_->given_bytes;
}

std::uint64_t ArticleReader::bytes_total() const { return impl_->total_bytes; }

std::vector<ReadMark> ArticleReader::marks() const {
  std::vector<ReadMark> marks;
  for (const auto& file : impl_->files) {
    if (!file.input.regular) continue;
    const bool complete = file.unchanged || (file.ended && !file.failed && file.waiting == 0);
    const auto records = complete && !file.unchanged ? file.read : file.records;
    if (complete || records > 0) {
      marks.push_back({file.input.path, file.input.size, file.input.modified, records, complete});
    }
  }
  return marks;
}

std::uint64_t ArticleReader::files_passed_over() const { return impl_->passed_over; }

}  // namespace fihris
