// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/elements.h"

#include <algorithm>

#include "base/tsv.h"
#include "base/utf8.h"
#include "reader/clean.h"

namespace fihris::reader {
namespace {

constexpr std::size_t kHead = 1 << 16;
constexpr std::size_t kMostUnclosed = 24;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

struct Tag {
  std::string name;
  bool end = false;
  bool empty = false;                          ///< <name/>
  std::size_t attributes = 0;                  ///< where they begin
  std::size_t after = std::string_view::npos;  ///< byte after ">"; npos: it does not end
};

/// The name at "<" and whether an end tag has it. A name of length 0: no tag.
Tag name_at(std::string_view text, std::size_t at, Case letter_case) {
  Tag tag;
  auto i = at + 1;
  if (i < text.size() && text[i] == '/') {
    tag.end = true;
    ++i;
  }
  const auto begin = i;
  while (i < text.size() && is_name(text[i]) && i - begin < 100) ++i;
  auto name = text.substr(begin, i - begin);
  if (const auto colon = name.rfind(':'); colon != name.npos) name = name.substr(colon + 1);
  for (const char c : name) tag.name += letter_case == Case::ignored ? lower(c) : c;
  tag.attributes = i;
  return tag;
}

/// The tag at "<". A name of length 0: no tag.
Tag tag_at(std::string_view text, std::size_t at, Case letter_case, TagEnds& ends) {
  auto tag = name_at(text, at, letter_case);
  if (tag.name.empty()) return tag;
  const auto [found, place] = ends.find(text, tag.attributes);
  if (found == TagEnds::Found::none) tag.name.clear();  // «3 < 5»
  if (found != TagEnds::Found::end) return tag;
  tag.empty = text[place - 1] == '/' && !tag.end;
  tag.after = place + 1;
  return tag;
}

/// The end of the comment, CDATA section, declaration or instruction at `at`; `at` if there is
/// none, npos if it does not end.
std::size_t markup_end(std::string_view text, std::size_t at) {
  const auto end = [&](std::string_view mark, std::size_t from) {
    const auto found = text.find(mark, from);
    return found == text.npos ? found : found + mark.size();
  };
  const auto here = text.substr(at, 9);
  if (here.starts_with("<!--")) return end("-->", at + 4);
  if (here == "<![CDATA[") return end("]]>", at + 9);
  if (here.starts_with("<?")) return end("?>", at + 2);
  if (here.starts_with("<!")) {
    // A document type may hold declarations in brackets.
    const auto stop = text.find_first_of("[>", at);
    if (stop == text.npos || text[stop] == '>') return stop == text.npos ? stop : stop + 1;
    const auto close = text.find(']', stop);
    return close == text.npos ? close : end(">", close);
  }
  return at;
}

}  // namespace

Elements child_elements(std::string_view text, Case letter_case) {
  Elements elements;
  std::size_t unclosed = 0;
  TagEnds ends;
  for (auto at = text.find('<'); at != text.npos; at = text.find('<', at)) {
    if (const auto end = markup_end(text, at); end != at) {
      if (end == text.npos) {
        elements.broken = true;
        break;
      }
      at = end;
      continue;
    }
    auto tag = tag_at(text, at, letter_case, ends);
    if (tag.name.empty() || tag.end || tag.after == text.npos) {
      at = tag.name.empty() || tag.after == text.npos ? at + 1 : tag.after;
      continue;
    }
    auto attributes = text.substr(tag.attributes, tag.after - 1 - tag.attributes);
    if (tag.empty) {
      attributes.remove_suffix(1);
      elements.found.push_back({std::move(tag.name), attributes, {}});
      at = tag.after;
      continue;
    }
    std::size_t depth = 1;
    auto look = tag.after;
    std::size_t inner_end = text.npos;
    for (look = text.find('<', look); look != text.npos; look = text.find('<', look)) {
      if (const auto end = markup_end(text, look); end != look) {
        if (end == text.npos) break;
        look = end;
        continue;
      }
      const auto inner = tag_at(text, look, letter_case, ends);
      if (inner.name == tag.name && inner.after != text.npos && !inner.empty) {
        depth += inner.end ? static_cast<std::size_t>(-1) : 1;
        if (depth == 0) {
          inner_end = look;
          at = inner.after;
          break;
        }
      }
      look = inner.name.empty() || inner.after == text.npos ? look + 1 : inner.after;
    }
    if (inner_end != text.npos) {
      elements.found.push_back(
          {std::move(tag.name), attributes, text.substr(tag.after, inner_end - tag.after)});
      continue;
    }
    elements.broken = true;  // SGML leaves end tags out: go on behind the start tag
    if (++unclosed == kMostUnclosed) break;
    at = tag.after;
  }
  return elements;
}

const Element* find_element(const Elements& elements, std::string_view name) {
  for (const auto& element : elements.found) {
    if (element.name == name) return &element;
  }
  return nullptr;
}

std::string attribute(std::string_view attributes, std::string_view name) {
  for (auto at = attributes.find(name); at != attributes.npos;
       at = attributes.find(name, at + name.size())) {
    const bool whole = at == 0 || !is_name(attributes[at - 1]) || attributes[at - 1] == ':';
    auto rest = trim(attributes.substr(at + name.size()));
    if (!whole || !rest.starts_with('=')) continue;
    rest = trim(rest.substr(1));
    if (rest.empty()) return {};
    if (rest[0] == '"' || rest[0] == '\'') {
      return without_references(rest.substr(1, rest.find(rest[0], 1) - 1));
    }
    return without_references(rest.substr(0, rest.find_first_of(" \t\r\n")));
  }
  return {};
}

CharacterData character_data(std::string_view inner) {
  CharacterData data;
  std::size_t at = 0;
  const auto plain = [&](std::string_view text) {
    std::size_t done = 0;
    for (auto amp = text.find('&'); amp != text.npos; amp = text.find('&', amp + 1)) {
      const auto reference = reference_at(text, amp);
      auto length = reference.length;
      if (length == 0) {  // an entity of the document's own: never expanded
        const auto end = text.find_first_of("; \n<&", amp + 1);
        if (end == text.npos || text[end] != ';' || end - amp < 2 || end - amp > 100) continue;
        length = end + 1 - amp;
        if (data.unknown.empty()) data.unknown = utf8::sanitize(text.substr(amp, length));
      }
      data.text.append(text.substr(done, amp - done));
      if (reference.length == 0) {
        data.text += ' ';
      } else {
        utf8::append(data.text, reference.code);
      }
      done = amp + length;
      amp = done - 1;
    }
    data.text.append(text.substr(done));
  };
  while (at < inner.size()) {
    const auto mark = inner.find("<!", at);
    plain(inner.substr(at, mark == inner.npos ? mark : mark - at));
    if (mark == inner.npos) break;
    const auto end = std::min(markup_end(inner, mark), inner.size());
    if (inner.substr(mark, 9) == "<![CDATA[") {
      auto text = inner.substr(mark + 9, end - mark - 9);
      if (text.ends_with("]]>")) text.remove_suffix(3);
      data.text.append(text);
    }
    at = end;
  }
  return data;
}

RecordSplitter::RecordSplitter(ByteStream& from, std::vector<std::string> names, Case letter_case,
                               std::size_t max_bytes)
    : from_(&from), names_(std::move(names)), case_(letter_case), max_bytes_(max_bytes) {}

bool RecordSplitter::fill() {
  if (ended_) return false;
  // What is done with goes first.
  const auto keep = open_ && !too_long_ ? attributes_ : at_;
  line_ += static_cast<std::uint64_t>(
      std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(std::min(counted_, keep)),
                 buffer_.begin() + static_cast<std::ptrdiff_t>(keep), '\n'));
  if (!head_done_ && head_.size() < kHead) {
    head_.append(buffer_, 0, std::min(keep, kHead - head_.size()));
  }
  counted_ = std::max(counted_, keep) - keep;
  buffer_.erase(0, keep);
  base_ += keep;
  at_ -= keep;
  if (open_ && !too_long_) {
    attributes_end_ -= keep;
    inner_ -= keep;
    attributes_ = 0;
  }
  const auto block = from_->read();
  ended_ = block.empty();
  buffer_.append(block);
  return !ended_;
}

std::size_t RecordSplitter::find(std::string_view mark, std::size_t from) {
  for (;;) {
    const auto found = buffer_.find(mark, from);
    if (found != buffer_.npos) return found;
    const auto back = at_;
    const auto size = buffer_.size();
    if (size - at_ > max_bytes_ || !fill()) return buffer_.npos;
    const auto moved = back - at_;
    from = std::max(at_, size - moved - std::min(size - moved, mark.size()));
  }
}

/// `find`, that remembers what it did not find: a flood of openings is not searched through again
/// for each of them.
std::size_t RecordSplitter::find_end(std::string_view mark, std::size_t from) {
  const auto known = missing_.find(mark);
  if (known != missing_.end() && base_ + from < known->second) return buffer_.npos;
  const auto found = find(mark, from);
  if (found == buffer_.npos) {
    // A mark may begin in the last bytes and end in those to come.
    missing_[std::string(mark)] = base_ + buffer_.size() - std::min(buffer_.size(), mark.size());
  }
  return found;
}

/// Goes past the comment, CDATA section or declaration at `at_`; one that does not end is text.
std::size_t RecordSplitter::skip_markup(std::size_t at) {
  at_ = at;
  const auto past = [&](std::string_view mark) {
    const auto found = find_end(mark, at_ + 2);
    return found == buffer_.npos ? at_ + 2 : found + mark.size();
  };
  const auto here = std::string_view(buffer_).substr(at_, 9);
  if (here.starts_with("<!--")) return past("-->");
  if (here == "<![CDATA[") return past("]]>");
  if (here.starts_with("<?")) return past("?>");
  const auto close = find_end(">", at_);
  if (close == buffer_.npos) return at_ + 2;
  const auto bracket = std::string_view(buffer_).substr(at_, close - at_).find('[');
  if (bracket == std::string_view::npos) return close + 1;
  const auto end = find_end("]", at_ + bracket);
  if (end == buffer_.npos) return at_ + 2;
  const auto last = find_end(">", end);
  return last == buffer_.npos ? at_ + 2 : last + 1;
}

RecordSplitter::Piece RecordSplitter::piece(std::size_t inner_end, std::string fault,
                                            std::string remedy) {
  const std::string_view all(buffer_);
  Piece piece;
  piece.line = open_line_;
  piece.fault = std::move(fault);
  piece.remedy = std::move(remedy);
  if (!too_long_) {
    piece.attributes = all.substr(attributes_, attributes_end_ - attributes_);
    piece.inner = all.substr(inner_, inner_end - inner_);
  }
  open_ = too_long_ = false;
  return piece;
}

std::optional<RecordSplitter::Piece> RecordSplitter::next() {
  const auto too_long = [&] { return "longer than " + std::to_string(max_bytes_) + " bytes"; };
  for (;;) {
    if (open_ && !too_long_ && at_ - inner_ > max_bytes_) too_long_ = true;
    const auto less = find("<", at_);
    if (less == buffer_.npos) {
      at_ = buffer_.size();
      if (!ended_) {
        if (open_) too_long_ = true;
        continue;
      }
      if (!open_) return std::nullopt;
      return too_long_ ? piece(at_, too_long(), "--max-record sets the bound")
                       : piece(at_, "the text ends inside the record");
    }
    at_ = less;
    while (buffer_.size() - at_ < 128 && fill()) {
    }
    const char second = at_ + 1 < buffer_.size() ? buffer_[at_ + 1] : ' ';
    if (second == '!' || second == '?') {
      at_ = skip_markup(at_);
      continue;
    }
    auto tag = name_at(buffer_, at_, case_);
    if (tag.name.empty() || std::find(names_.begin(), names_.end(), tag.name) == names_.end()) {
      ++at_;
      continue;
    }
    tag = tag_at(buffer_, at_, case_, ends_);
    while (!tag.name.empty() && tag.after == buffer_.npos && buffer_.size() - at_ < kHead &&
           fill()) {
      tag = tag_at(buffer_, at_, case_, ends_);
    }
    if (tag.after == buffer_.npos || tag.name.empty()) {
      ++at_;
      continue;
    }
    const auto begin = at_;
    if (tag.end) {
      at_ = tag.after;
      if (!open_) continue;
      return too_long_ ? piece(begin, too_long(), "--max-record sets the bound") : piece(begin, {});
    }
    if (open_) {  // the same tag is seen again when this one has been told
      at_ = begin;
      return too_long_ ? piece(begin, too_long(), "--max-record sets the bound")
                       : piece(begin, "the record is not closed before the next one begins");
    }
    if (!head_done_) {
      head_done_ = true;
      if (head_.size() < kHead) head_.append(buffer_, 0, std::min(begin, kHead - head_.size()));
    }
    line_ += static_cast<std::uint64_t>(
        std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(std::min(counted_, begin)),
                   buffer_.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
    counted_ = std::max(counted_, begin);
    open_line_ = line_;
    attributes_ = tag.attributes;
    attributes_end_ = tag.after - (tag.empty ? 2 : 1);
    inner_ = at_ = tag.after;
    open_ = !tag.empty;
  }
}

}  // namespace fihris::reader
