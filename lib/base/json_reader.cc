// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/json_reader.h"

#include <charconv>

#include "base/utf8.h"
#include "fihris/error.h"

namespace fihris {
namespace {

class Parser {
 public:
  Parser(std::string_view text, std::size_t max_depth) : text_(text), depth_left_(max_depth) {}

  JsonValue document() {
    auto value = read();
    skip_blanks();
    if (at_ != text_.size()) fail("something follows the value");
    return value;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(ErrorCode::bad_format, "JSON, byte " + std::to_string(at_) + ": " + what);
  }
  void skip_blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos) ++at_;
  }
  bool accept(char c) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!accept(c)) fail(std::string("'") + c + "' is missing");
  }
  void literal(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) fail("no JSON value");
    at_ += word.size();
  }

  JsonValue read() {
    skip_blanks();
    if (at_ >= text_.size()) fail("a value is missing");
    JsonValue value;
    value.at = at_;
    switch (text_[at_]) {
      case '{':
        read_object(value);
        break;
      case '[':
        read_array(value);
        break;
      case '"':
        value.kind = JsonValue::Kind::string;
        value.string = read_string();
        break;
      case 't':
        literal("true");
        value.kind = JsonValue::Kind::boolean;
        value.truth = true;
        break;
      case 'f':
        literal("false");
        value.kind = JsonValue::Kind::boolean;
        break;
      case 'n':
        literal("null");
        break;
      default:
        value.kind = JsonValue::Kind::number;
        value.number = read_number();
    }
    value.end = at_;
    return value;
  }

  void enter() {
    if (depth_left_ == 0) fail("nested too deeply");
    --depth_left_;
    ++at_;
  }
  void read_object(JsonValue& value) {
    value.kind = JsonValue::Kind::object;
    enter();
    if (!accept('}')) {
      do {
        skip_blanks();
        if (at_ >= text_.size() || text_[at_] != '"') fail("a member name is missing");
        auto name = read_string();
        expect(':');
        value.members.push_back({std::move(name), read()});
      } while (accept(','));
      expect('}');
    }
    ++depth_left_;
  }
  void read_array(JsonValue& value) {
    value.kind = JsonValue::Kind::array;
    enter();
    if (!accept(']')) {
      do {
        value.items.push_back(read());
      } while (accept(','));
      expect(']');
    }
    ++depth_left_;
  }

  double read_number() {
    const auto begin = at_;
    const auto digits = [&] {
      const auto first = at_;
      while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
      if (at_ == first) fail("no JSON value");
    };
    if (text_[at_] == '-') ++at_;
    if (at_ < text_.size() && text_[at_] == '0') {
      ++at_;
    } else {
      digits();
    }
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      digits();
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      ++at_;
      if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
      digits();
    }
    double number = 0;
    const auto done = std::from_chars(text_.data() + begin, text_.data() + at_, number);
    if (done.ec != std::errc()) fail("a number out of range");
    return number;
  }

  unsigned hex4() {
    if (text_.size() - at_ < 4) fail("\\u needs four digits");
    unsigned code = 0;
    const auto done = std::from_chars(text_.data() + at_, text_.data() + at_ + 4, code, 16);
    if (done.ptr != text_.data() + at_ + 4) fail("\\u needs four digits");
    at_ += 4;
    return code;
  }
  std::string read_string() {
    std::string out;
    for (++at_;;) {
      if (at_ >= text_.size()) fail("a string without its end");
      const auto c = utf8::decode(text_, at_);
      if (!c.valid) fail("malformed UTF-8");
      if (c.code < 0x20) fail("a control character in a string");
      at_ += c.length;
      if (c.code == '"') return out;
      if (c.code == '\\') {
        read_escape(out);
      } else {
        utf8::append(out, c.code);
      }
    }
  }
  void read_escape(std::string& out) {
    if (at_ >= text_.size()) fail("a string without its end");
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const char c = text_[at_++];
    if (const auto found = kNames.find(c); found != kNames.npos) {
      out.push_back(kMeanings[found]);
    } else if (c == 'u') {
      char32_t code = hex4();
      if (code >= 0xD800 && code < 0xDC00) {
        if (text_.substr(at_, 2) != "\\u") fail("half of a surrogate pair");
        at_ += 2;
        const auto low = hex4();
        if (low < 0xDC00 || low > 0xDFFF) fail("half of a surrogate pair");
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      } else if (code >= 0xDC00 && code <= 0xDFFF) {
        fail("half of a surrogate pair");
      }
      utf8::append(out, code);
    } else {
      fail("an unknown escape");
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_left_;
};

}  // namespace

const JsonValue* JsonValue::find(std::string_view name) const {
  for (auto member = members.rbegin(); member != members.rend(); ++member) {
    if (member->name == name) return &member->value;
  }
  return nullptr;
}

JsonValue parse_json(std::string_view text, std::size_t max_depth) {
  return Parser(text, max_depth).document();
}

}  // namespace fihris
