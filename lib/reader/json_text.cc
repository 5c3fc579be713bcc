// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/json_text.h"

#include <algorithm>
#include <charconv>

#include "base/utf8.h"

namespace fihris::reader {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Bad {
  std::size_t at;
  std::string reason;
};

/// The recursion is as deep as the nesting, which is bounded.
class Scanner {
 public:
  Scanner(std::string_view text, std::size_t at, std::size_t max_depth)
      : text_(text), at_(at), max_depth_(max_depth) {}

  JsonParse value() {
    JsonParse parse;
    blanks();
    if (peek() == '{') {
      parse.kind = ValueKind::object;
      ++at_;
      members(1, [&](std::string name) { parse.members.emplace_back(std::move(name), item(1)); });
    } else {
      parse.value = item(0);
      parse.kind = parse.value.kind;
    }
    parse.end = at_;
    if (controls_) parse.notes.emplace_back("control characters in a string, taken as blanks");
    if (surrogates_) parse.notes.emplace_back("half a surrogate pair, taken as U+FFFD");
    return parse;
  }

  std::vector<JsonItem> items() {
    std::vector<JsonItem> found;
    blanks();
    if (peek() != '[') return found;
    ++at_;
    for (blanks(); peek() != ']'; blanks()) {
      found.push_back(item(1));
      blanks();
      if (peek() == ',') ++at_;
    }
    return found;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  [[noreturn]] void fail(std::string reason) const { throw Bad{at_, std::move(reason)}; }
  [[noreturn]] void wanted(const char* what) const {
    if (at_ >= text_.size()) fail(std::string("ends where ") + what + " should stand");
    const auto c = utf8::decode(text_, at_);
    if (c.code < 0x20 || c.code == 0x7F) {
      constexpr const char* kHex = "0123456789ABCDEF";
      fail(std::string("wanted ") + what + ", found the control character U+00" +
           kHex[c.code / 16] + kHex[c.code % 16]);
    }
    fail(std::string("wanted ") + what + ", found \"" + std::string(text_.substr(at_, c.length)) +
         "\"");
  }

  template <class Each>
  void members(std::size_t depth, Each&& each) {
    if (depth > max_depth_) fail("nested deeper than " + std::to_string(max_depth_));
    blanks();
    if (peek() == '}') {
      ++at_;
      return;
    }
    for (;;) {
      blanks();
      if (peek() != '"') wanted("a name in double quotes");
      auto name = string();
      blanks();
      if (peek() != ':') wanted("a colon");
      ++at_;
      each(std::move(name));
      blanks();
      if (peek() == '}') {
        ++at_;
        return;
      }
      if (peek() != ',') wanted("a comma or the end of the object");
      ++at_;
    }
  }

  /// Reads a value inside `depth` others; text of strings is decoded, of all else copied.
  JsonItem item(std::size_t depth) {
    blanks();
    const auto begin = at_;
    if (peek() == '"') return {ValueKind::string, string()};
    const auto kind = skip(depth);
    JsonItem found{kind, std::string(text_.substr(begin, at_ - begin))};
    if (kind == ValueKind::array || kind == ValueKind::object) mend(found.text);
    return found;
  }

  ValueKind skip(std::size_t depth) {
    blanks();
    switch (peek()) {
      case '"':
        string();
        return ValueKind::string;
      case '{':
        ++at_;
        members(depth + 1, [&](const std::string&) { skip(depth + 1); });
        return ValueKind::object;
      case '[':
        ++at_;
        if (depth + 1 > max_depth_) fail("nested deeper than " + std::to_string(max_depth_));
        blanks();
        if (peek() == ']') {
          ++at_;
          return ValueKind::array;
        }
        for (;;) {
          skip(depth + 1);
          blanks();
          if (peek() == ']') {
            ++at_;
            return ValueKind::array;
          }
          if (peek() != ',') wanted("a comma or the end of the array");
          ++at_;
        }
      case 't':
        return word("true", ValueKind::boolean);
      case 'f':
        return word("false", ValueKind::boolean);
      case 'n':
        return word("null", ValueKind::null);
      default:
        return number();
    }
  }

  ValueKind word(std::string_view wanted_word, ValueKind kind) {
    if (text_.substr(at_, wanted_word.size()) != wanted_word) wanted("a value");
    at_ += wanted_word.size();
    return kind;
  }

  ValueKind number() {
    if (peek() == '-') ++at_;
    if (!is_digit(peek())) wanted("a value");
    if (peek() == '0') {
      ++at_;
      if (is_digit(peek())) fail("a number that begins with 0");
    }
    digits();
    if (peek() == '.') {
      ++at_;
      if (!is_digit(peek())) wanted("a digit");
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!is_digit(peek())) wanted("a digit");
      digits();
    }
    return ValueKind::number;
  }
  void digits() {
    while (is_digit(peek())) ++at_;
  }

  unsigned hex4() {
    unsigned code = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = peek();
      if (is_digit(c)) {
        code = code * 16 + static_cast<unsigned>(c - '0');
      } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
        code = code * 16 + static_cast<unsigned>((c | 0x20) - 'a' + 10);
      } else {
        wanted("four hexadecimal digits");
      }
      ++at_;
    }
    return code;
  }

  std::string string() {
    std::string out;
    const auto opened = at_;
    ++at_;
    for (;;) {
      auto stop = at_;
      while (stop < text_.size() && text_[stop] != '"' && text_[stop] != '\\' &&
             static_cast<unsigned char>(text_[stop]) >= 0x20) {
        ++stop;
      }
      out.append(text_.substr(at_, stop - at_));
      at_ = stop;
      if (at_ >= text_.size()) throw Bad{opened, "a string that does not end"};
      const char c = text_[at_++];
      if (c == '"') return out;
      if (c != '\\') {
        controls_ = true;
        out += c;  // made a blank with all others when fields are cleaned
        continue;
      }
      escape(out);
    }
  }

  void escape(std::string& out) {
    const char c = peek();
    ++at_;
    switch (c) {
      case '"':
      case '\\':
      case '/':
        out += c;
        return;
      case 'b':
        out += '\b';
        return;
      case 'f':
        out += '\f';
        return;
      case 'n':
        out += '\n';
        return;
      case 'r':
        out += '\r';
        return;
      case 't':
        out += '\t';
        return;
      case 'u': {
        char32_t code = hex4();
        if (code >= 0xD800 && code <= 0xDBFF && text_.substr(at_, 2) == "\\u") {
          const auto back = at_;
          at_ += 2;
          const unsigned low = hex4();
          if (low >= 0xDC00 && low <= 0xDFFF) {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
          } else {
            at_ = back;
          }
        }
        if (code >= 0xD800 && code <= 0xDFFF) surrogates_ = true;
        utf8::append(out, code);
        return;
      }
      default:
        --at_;
        wanted("one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
    }
  }

  /// Makes a copied array or object JSON that every program reads.
  static void mend(std::string& json) {
    for (std::size_t i = 0; i < json.size(); ++i) {
      if (static_cast<unsigned char>(json[i]) < 0x20) json[i] = ' ';
      if (json[i] != '\\' || i + 1 >= json.size()) continue;
      if (json[i + 1] != 'u' || i + 5 >= json.size() || (json[i + 2] | 0x20) != 'd') {
        ++i;
        continue;
      }
      unsigned code = 0;
      unsigned low = 0;
      std::from_chars(&json[i + 2], &json[i + 6], code, 16);
      if (code >= 0xD800 && code <= 0xDBFF && i + 11 < json.size() && json[i + 6] == '\\' &&
          json[i + 7] == 'u') {
        std::from_chars(&json[i + 8], &json[i + 12], low, 16);
      }
      if (code >= 0xD800 && code <= 0xDFFF) {
        if (low >= 0xDC00 && low <= 0xDFFF) {
          i += 11;
          continue;
        }
        json.replace(i + 2, 4, "FFFD");
      }
      i += 5;
    }
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t max_depth_;
  bool controls_ = false;
  bool surrogates_ = false;
};

}  // namespace

const char* kind_name(ValueKind kind) {
  switch (kind) {
    case ValueKind::null:
      return "null";
    case ValueKind::boolean:
      return "true or false";
    case ValueKind::number:
      return "a number";
    case ValueKind::string:
      return "a string";
    case ValueKind::array:
      return "an array";
    case ValueKind::object:
      break;
  }
  return "an object";
}

JsonResult parse_json_value(std::string_view text, std::size_t at, std::size_t max_depth) {
  try {
    return {Scanner(text, at, max_depth).value(), {}};
  } catch (Bad& bad) {
    return {std::nullopt, {bad.at, std::move(bad.reason)}};
  }
}

std::vector<JsonItem> array_items(std::string_view json, std::size_t max_depth) {
  try {
    return Scanner(json, 0, max_depth).items();
  } catch (const Bad&) {
    return {};
  }
}

std::optional<std::vector<std::string>> string_array(std::string_view json, std::size_t max_depth) {
  std::vector<std::string> strings;
  for (auto& item : array_items(json, max_depth)) {
    if (item.kind != ValueKind::string) return std::nullopt;
    strings.push_back(std::move(item.text));
  }
  return strings;
}

std::optional<JsonItem> find_path(const JsonItem& from, std::string_view path,
                                  std::size_t max_depth) {
  const auto dot = path.find('.');
  const auto name = path.substr(0, dot);
  std::optional<JsonItem> found;
  if (from.kind == ValueKind::array) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    auto items = array_items(from.text, max_depth);
    if (error != std::errc() || end != name.data() + name.size() || index >= items.size()) {
      return std::nullopt;
    }
    found = std::move(items[index]);
  } else if (from.kind == ValueKind::object) {
    auto parsed = parse_json_value(from.text, 0, max_depth);
    if (!parsed.value) return std::nullopt;
    for (auto& [key, item] : parsed.value->members) {
      if (key == name) found = std::move(item);
    }
  }
  if (!found || dot == path.npos) return found;
  return find_path(*found, path.substr(dot + 1), max_depth);
}

}  // namespace fihris::reader
