// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/lexer.h"

#include <algorithm>
#include <optional>

#include "analysis/normalize.h"
#include "base/utf8.h"
#include "fihris/analysis.h"

namespace fihris::query {
namespace {

constexpr int kMostLettersOff = 2;  ///< that `x~` finds

constexpr char32_t kArabicComma = 0x060C;
constexpr char32_t kArabicSemicolon = 0x061B;
constexpr char32_t kArabicQuestion = 0x061F;
constexpr char32_t kEllipsis = 0x2026;
constexpr char32_t kMinus = 0x2212;
constexpr char32_t kGuillemetLeft = 0x00AB, kGuillemetRight = 0x00BB;
constexpr char32_t kCurlyLeft = 0x201C, kCurlyRight = 0x201D, kCurlyLow = 0x201E;

/// A character of the query with its bytes.
struct Char {
  char32_t code;
  std::size_t begin;
  std::size_t end;
};

bool is_blank(char32_t c) {
  return c <= 0x20 || c == 0x7F || (c >= 0x80 && c <= 0xA0) || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000 || c == utf8::kReplacement;
}
/// Direction controls and joiners: no reader sees them.
bool is_invisible(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0x061C || c == 0xFEFF || c == 0x00AD;
}
bool is_comma(char32_t c) { return c == ',' || c == kArabicComma; }
bool is_separator(char32_t c) {
  return is_blank(c) || is_comma(c) || c == ';' || c == kArabicSemicolon || c == kArabicQuestion ||
         c == '?' || c == kEllipsis;
}
bool is_quote(char32_t c) {
  return c == '"' || c == kGuillemetLeft || c == kGuillemetRight || c == kCurlyLeft ||
         c == kCurlyRight || c == kCurlyLow;
}
/// Quotes of one family close each other whichever way they point.
bool closes(char32_t open, char32_t c) {
  if (open == '"') return c == '"';
  if (open == kGuillemetLeft || open == kGuillemetRight) {
    return c == kGuillemetLeft || c == kGuillemetRight;
  }
  return c == kCurlyLeft || c == kCurlyRight || c == kCurlyLow || c == '"';
}
/// The value of a decimal digit of any of the three scripts in use, or -1.
int digit_value(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= 0x0660 && c <= 0x0669) return static_cast<int>(c - 0x0660);
  if (c >= 0x06F0 && c <= 0x06F9) return static_cast<int>(c - 0x06F0);
  return -1;
}
/// Tatweel and harakat: dropped where an operator is read.
bool is_ornament(char32_t c) { return c == 0x0640 || (c >= 0x064B && c <= 0x0652) || c == 0x0670; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const auto c = utf8::decode(text, at);
      if (!is_invisible(c.code)) chars_.push_back({c.code, at, at + c.length});
      at += c.length;
    }
    size_ = text.size();
    mirrored_ = brackets_mirrored();
  }

  LexResult run() {
    while (at_ < chars_.size()) {
      if (is_separator(code()) || is_ornament(code())) {
        ++at_;
      } else {
        read_token();
      }
    }
    return std::move(result_);
  }

 private:
  char32_t code(std::size_t ahead = 0) const {
    return at_ + ahead < chars_.size() ? chars_[at_ + ahead].code : U' ';
  }
  std::size_t begin_of(std::size_t i) const { return i < chars_.size() ? chars_[i].begin : size_; }
  std::size_t end_before(std::size_t i) const { return i == 0 ? 0 : chars_[i - 1].end; }
  void warn(std::size_t first, std::size_t last, std::string message) {
    const auto begin = begin_of(first);
    result_.warnings.push_back({begin, std::max(begin, end_before(last)), std::move(message)});
  }
  bool is_open(char32_t c) const { return c == (mirrored_ ? U')' : U'('); }
  bool is_close(char32_t c) const { return c == (mirrored_ ? U'(' : U')'); }
  bool ends_word(char32_t c) const {
    return is_separator(c) || is_quote(c) || c == '(' || c == ')' || c == '|';
  }
  void push(Token token, std::size_t first) {
    token.begin = begin_of(first);
    token.end = end_before(at_);
    token.glued = at_ < chars_.size() && is_open(code());
    result_.tokens.push_back(std::move(token));
  }

  /// A query copied from right-to-left text may hold its brackets the wrong way round: then the
  /// first one closes and the last one opens.
  bool brackets_mirrored() const {
    const auto is_bracket = [](const Char& c) { return c.code == '(' || c.code == ')'; };
    const auto first = std::ranges::find_if(chars_, is_bracket);
    if (first == chars_.end() || first->code != ')') return false;
    return std::find_if(chars_.rbegin(), chars_.rend(), is_bracket)->code == '(';
  }

  void read_token() {
    const auto first = at_;
    const auto c = code();
    if (is_open(c) || is_close(c)) {
      ++at_;
      push({.type = is_open(c) ? TokenType::open : TokenType::close}, first);
    } else if (c == '|') {
      while (code() == '|') ++at_;
      push({.type = TokenType::or_op, .text = "|"}, first);
    } else if (c == '&' && (is_blank(code(1)) || (code(1) == '&' && is_blank(code(2))))) {
      while (code() == '&') ++at_;
      push({.type = TokenType::and_op, .text = "&"}, first);
    } else if ((c == '-' || c == '!' || c == kMinus) && !is_separator(code(1)) &&
               !is_close(code(1))) {
      ++at_;
      push({.type = TokenType::not_op, .text = "-"}, first);
    } else if (c == '@' && !ends_word(code(1))) {
      ++at_;
      Token token{.type = TokenType::saved};
      while (at_ < chars_.size() && !ends_word(code()))
        utf8::append(token.text, chars_[at_++].code);
      push(std::move(token), first);
    } else {
      read_word_or_phrase(first);
    }
  }

  Form read_form() {
    if (code() != '=') return Form::stem;
    ++at_;
    if (code() != '=') return Form::folded;
    ++at_;
    return Form::written;
  }

  /// The end of «^3» or «~5» at `at_`, which other engines read as a weight or a distance: 0 if
  /// something else stands here.
  std::size_t mark_end(bool tilde) const {
    if (code() != '^' && (!tilde || code() != '~')) return 0;
    auto end = at_ + 1;
    while (end < chars_.size() && (digit_value(chars_[end].code) >= 0 || chars_[end].code == '.'))
      ++end;
    const bool whole = end == chars_.size() || ends_word(chars_[end].code);
    return whole && end > at_ + 1 ? end : 0;
  }
  void skip_mark(std::size_t end) {
    warn(at_, end,
         code() == '^' ? "words carry no weight here; passed over"
                       : "«~» stands right behind a word or a phrase; passed over");
    at_ = end;
  }

  void read_word_or_phrase(std::size_t first) {
    if (const auto end = mark_end(true); end > 0) return skip_mark(end);
    Token token;
    token.form = read_form();
    if (is_quote(code())) {
      if (read_quoted(token, TokenType::phrase)) {
        token.distance = read_tilde();
        push(std::move(token), first);
      }
      return;
    }
    while (at_ < chars_.size() && !ends_word(code())) {
      if (code() == ':' && token.form == Form::stem && !token.literal && read_field(token, first)) {
        return;
      }
      read_char(token);
    }
    if (token.text.empty() && token.form != Form::stem) {
      warn(first, at_, "«=» without a word");
      return;
    }
    finish_word(std::move(token), first);
  }

  /// One character of a word, with the marks that may stand at its end.
  void read_char(Token& token) {
    const auto c = code();
    if (c == '\\' && at_ + 1 < chars_.size()) {
      token.literal = true;
      utf8::append(token.text, code(1));
      at_ += 2;
    } else if (c == '~' && !token.text.empty() && tilde_ends_word()) {
      const auto tilde = at_;
      token.fuzzy = read_tilde();
      if (token.fuzzy > kMostLettersOff) {
        token.fuzzy = kMostLettersOff;
        warn(tilde, at_, "a word may be at most two letters off");
      }
    } else if (const auto end = mark_end(false); end > 0 && !token.text.empty()) {
      skip_mark(end);
    } else {
      if (c == '*') token.pattern = true;
      utf8::append(token.text, c);
      ++at_;
    }
  }
  bool tilde_ends_word() const {
    auto i = at_ + 1;
    while (i < chars_.size() && digit_value(chars_[i].code) >= 0) ++i;
    return i >= chars_.size() || ends_word(chars_[i].code);
  }
  /// The number after `~`, 0 where no number stands; -1 if there is no `~`.
  int read_tilde() {
    if (code() != '~') return -1;
    ++at_;
    return std::max(read_number(), 0);
  }
  /// Digits of any script; -1 if there are none. Saturates.
  int read_number() {
    int number = -1;
    for (; at_ < chars_.size() && digit_value(code()) >= 0; ++at_) {
      number = std::min(std::max(number, 0) * 10 + digit_value(code()), 1000000);
    }
    return number;
  }

  /// Reads to the closing quote. False, after a warning, if there is none: then the quote alone was
  /// passed over.
  bool read_quoted(Token& token, TokenType type) {
    const auto open = at_;
    auto close = at_ + 1;
    while (close < chars_.size() && !closes(chars_[open].code, chars_[close].code)) {
      close += chars_[close].code == '\\' ? 2 : 1;
    }
    if (close >= chars_.size()) {
      ++at_;
      warn(open, at_, "a quotation mark without its partner");
      return false;
    }
    for (auto i = open + 1; i < close; ++i) {
      if (chars_[i].code == '\\' && i + 1 < close) ++i;
      utf8::append(token.text, chars_[i].code);
    }
    token.type = type;
    token.literal = true;
    at_ = close + 1;
    return true;
  }

  /// At the colon after `token`: reads a field with its values. False if it is none.
  bool read_field(const Token& name, std::size_t first) {
    const auto field = field_named(name.text);
    if (!field) return false;
    if (at_ + 1 >= chars_.size() || is_blank(code(1))) {
      warn(first, at_ + 1, "a field needs its value right after the colon");
      return false;
    }
    ++at_;
    if (negates(*field)) {
      warn(at_, at_ + 1, "the minus stands before the field; taken as -" + name.text + ":");
      push({.type = TokenType::not_op, .text = "-"}, at_++);
    }
    push({.type = TokenType::field, .text = name.text, .field = *field}, first);
    if (is_open(code())) return true;
    for (;;) {
      read_value(*field);
      if (!is_comma(code()) || at_ >= chars_.size()) return true;
      if (at_ + 1 >= chars_.size()) return true;
      if (is_blank(code(1))) {
        warn(at_, at_ + 1, "a blank ends the values of a field; write them as a,b");
        return true;
      }
      ++at_;
    }
  }
  /// A minus in front of a value, where no value begins with one.
  bool negates(Field field) const {
    if (code() != '-' && code() != '!' && code() != kMinus) return false;
    if (field == Field::near || field == Field::id || field == Field::date || field == Field::event)
      return false;
    return at_ + 1 < chars_.size() && !ends_word(code(1));
  }

  void read_value(Field field) {
    const auto first = at_;
    Token token{.type = TokenType::value, .field = field};
    // `>=` and `<=` belong to a date, `=` in front to any value
    if (code() == '=') token.form = read_form();
    if (is_quote(code())) {
      if (!read_quoted(token, TokenType::quoted)) return;
      if (is_text_field(field)) {
        token.distance = read_tilde();
      } else {
        while (at_ < chars_.size() && !ends_word(code()))
          utf8::append(token.text, chars_[at_++].code);
      }
      push(std::move(token), first);
      return;
    }
    while (at_ < chars_.size() && !ends_word(code())) {
      if (is_text_field(field)) {
        read_char(token);
      } else if (code() == '\\' && at_ + 1 < chars_.size()) {
        utf8::append(token.text, code(1));
        at_ += 2;
      } else {
        utf8::append(token.text, chars_[at_++].code);
      }
    }
    if (token.text.empty()) {
      if (at_ < chars_.size() && !is_separator(code())) ++at_;
      warn(first, at_, "a field without a value");
      return;
    }
    push(std::move(token), first);
  }

  /// Tells operators from words.
  void finish_word(Token token, std::size_t first) {
    if (token.form == Form::stem && !token.literal && !token.pattern && token.fuzzy < 0) {
      const auto folded = Analyzer::fold(token.text);
      if (folded == "و") return;  // joins what is joined anyway
      if (token.text == "AND") {
        token.type = TokenType::and_op;
      } else if (token.text == "OR" || folded == "او") {
        token.type = TokenType::or_op;
      } else if (token.text == "NOT") {
        token.type = TokenType::not_op;
      } else {
        read_near(token);
      }
    }
    push(std::move(token), first);
  }

  static void read_near(Token& token) {
    const auto slash = token.text.find('/');
    const auto name = Analyzer::fold(token.text.substr(0, slash));
    const auto head = token.text.substr(0, slash);
    const bool adjacent = head == "ADJ";
    if (!adjacent && head != "NEAR" && name != "جوار") return;
    int distance = limit::kDefaultDistance;
    if (slash != std::string::npos) {
      Lexer number(token.text.substr(slash + 1));
      distance = number.read_number();
      if (distance < 0 || number.at_ != number.chars_.size()) return;
    }
    token.type = TokenType::near_op;
    token.distance = distance;
    token.ordered = adjacent;
  }

  std::vector<Char> chars_;
  std::size_t size_ = 0;
  std::size_t at_ = 0;
  bool mirrored_ = false;
  LexResult result_;
};

}  // namespace

LexResult lex(std::string_view text) { return Lexer(text).run(); }

}  // namespace fihris::query
