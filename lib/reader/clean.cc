// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/clean.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/tsv.h"
#include "base/utf8.h"

namespace fihris::reader {
namespace {

/// Bytes that `without_controls` must look at: C0 but tab and LF, DEL, and the lead byte of C1
/// controls and the soft hyphen (and of « and », alas).
constexpr std::array<bool, 256> kLookAt = [] {
  std::array<bool, 256> table{};
  for (unsigned i = 0; i < 0x20; ++i) table[i] = i != '\t' && i != '\n';
  table[0x7F] = true;
  table[0xC2] = true;
  return table;
}();

/// True if one of the 32 bytes at `p` is to be looked at. The loop has no branch, so that compilers
/// turn it into a few instructions on vectors.
bool any_to_look_at(const char* p) {
  unsigned char any = 0;
  for (int i = 0; i < 32; ++i) {
    const auto b = static_cast<unsigned char>(p[i]);
    any |= static_cast<unsigned char>(((b < 0x20) & (b != '\t') & (b != '\n')) | (b == 0x7F) |
                                      (b == 0xC2));
  }
  return any != 0;
}

struct Named {
  std::string_view name;
  char32_t code;
};
/// HTML 4.01, section 24, without the Greek letters and the mathematics.
constexpr std::array kNamed{
    Named{"quot", 0x22},    Named{"amp", 0x26},      Named{"lt", 0x3C},
    Named{"gt", 0x3E},      Named{"apos", 0x27},     Named{"ensp", 0x2002},
    Named{"emsp", 0x2003},  Named{"thinsp", 0x2009}, Named{"zwnj", 0x200C},
    Named{"zwj", 0x200D},   Named{"lrm", 0x200E},    Named{"rlm", 0x200F},
    Named{"ndash", 0x2013}, Named{"mdash", 0x2014},  Named{"lsquo", 0x2018},
    Named{"rsquo", 0x2019}, Named{"sbquo", 0x201A},  Named{"ldquo", 0x201C},
    Named{"rdquo", 0x201D}, Named{"bdquo", 0x201E},  Named{"dagger", 0x2020},
    Named{"bull", 0x2022},  Named{"hellip", 0x2026}, Named{"permil", 0x2030},
    Named{"prime", 0x2032}, Named{"lsaquo", 0x2039}, Named{"rsaquo", 0x203A},
    Named{"euro", 0x20AC},  Named{"trade", 0x2122},  Named{"larr", 0x2190},
    Named{"rarr", 0x2192},  Named{"minus", 0x2212},  Named{"OElig", 0x152},
    Named{"oelig", 0x153},  Named{"Scaron", 0x160},  Named{"scaron", 0x161},
    Named{"Yuml", 0x178},   Named{"circ", 0x2C6},    Named{"tilde", 0x2DC},
};
/// U+00A0 to U+00FF in their order.
constexpr std::array<std::string_view, 96> kLatin1{
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
    "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
    "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
    "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
    "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
    "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

/// What HTML 5 reads for references to the C1 controls: the characters of windows-1252.
constexpr std::array<char16_t, 32> kC1References{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

/// Elements that may stand in a text, sorted. Anything else in angles is text.
constexpr std::array<std::string_view, 73> kElements{
    "a",      "abbr",     "article", "aside",  "audio",  "b",        "big",        "blockquote",
    "body",   "br",       "button",  "center", "cite",   "code",     "dd",         "del",
    "div",    "dl",       "dt",      "em",     "embed",  "fieldset", "figcaption", "figure",
    "font",   "footer",   "form",    "h1",     "h2",     "h3",       "h4",         "h5",
    "h6",     "head",     "header",  "hr",     "html",   "i",        "iframe",     "img",
    "input",  "ins",      "label",   "li",     "link",   "main",     "mark",       "meta",
    "nav",    "noscript", "o:p",     "object", "ol",     "p",        "param",      "pre",
    "script", "section",  "small",   "span",   "strike", "strong",   "style",      "sub",
    "sup",    "table",    "tbody",   "td",     "th",     "thead",    "tr",         "u",
    "ul"};
constexpr std::array<std::string_view, 27> kBlocks{
    "article",    "aside",  "blockquote", "br",   "center", "dd",  "div",     "dl",    "dt",
    "figcaption", "figure", "footer",     "form", "h1",     "h2",  "h3",      "h4",    "h5",
    "h6",         "header", "hr",         "li",   "p",      "pre", "section", "table", "tr"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

struct Tag {
  std::string name;
  bool end = false;
  std::size_t length = 0;  ///< bytes; 0: no tag
};

Tag tag_at(std::string_view text, std::size_t at, TagEnds& ends) {
  Tag tag;
  auto i = at + 1;
  if (i < text.size() && text[i] == '/') {
    tag.end = true;
    ++i;
  }
  for (; i < text.size() && tag.name.size() < 12; ++i) {
    const char c = lower(text[i]);
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ':')) break;
    tag.name += c;
  }
  if (!std::binary_search(kElements.begin(), kElements.end(), tag.name)) return tag;
  if (i < text.size() && std::string_view(" \t\r\n/>").find(text[i]) == std::string_view::npos)
    return tag;
  const auto end = ends.find(text, i);
  if (end.found == TagEnds::Found::end) tag.length = end.at + 1 - at;
  return tag;
}

/// Finds `mark` from `at` on, ignoring ASCII case; npos if there is none.
std::size_t find_folded(std::string_view text, std::string_view mark, std::size_t at) {
  const auto found =
      std::search(text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size())), text.end(),
                  mark.begin(), mark.end(), [](char a, char b) { return lower(a) == b; });
  return found == text.end() ? text.npos : static_cast<std::size_t>(found - text.begin());
}

}  // namespace

TagEnds::Result TagEnds::find(std::string_view text, std::size_t at) {
  constexpr std::size_t kNear = 1024;
  constexpr int kMostInVain = 16;
  const auto stop = in_vain_ < kMostInVain ? text.size() : std::min(text.size(), at + kNear);
  char quote = 0;
  auto i = at;
  for (; i < stop; ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '>') {
      return {Found::end, i};
    } else if (c == '<') {
      break;
    } else if ((c == '"' || c == '\'') && text[i - 1] == '=') {
      quote = c;
    }
  }
  if (i - at > kNear) ++in_vain_;
  return {i == text.size() ? Found::more : Found::none, i};
}

std::string without_controls(std::string_view text, Places places) {
  std::string out;
  out.reserve(text.size());
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i + 32 <= text.size() && !any_to_look_at(text.data() + i)) {
      i += 31;
      continue;
    }
    const auto end = std::min(text.size(), i + 32);
    while (i < end && !kLookAt[static_cast<unsigned char>(text[i])]) ++i;
    if (i == end) {
      --i;
      continue;
    }
    const auto byte = static_cast<unsigned char>(text[i]);
    std::size_t length = 1;
    std::string_view put = " ";
    if (byte == 0xC2) {
      const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0xFF;
      if (next >= 0xA0 && (next != 0xAD || places == Places::kept)) continue;
      length = 2;
      put = next == 0xAD ? "" : places == Places::kept ? "  " : next == 0x85 ? "\n" : " ";
    } else if (byte == '\r' && places == Places::free) {
      put = i + 1 < text.size() && text[i + 1] == '\n' ? "" : "\n";
    }
    out.append(text.substr(done, i - done)).append(put);
    i += length - 1;
    done = i + 1;
  }
  return out.append(text.substr(done));
}

std::string one_line(std::string_view text) {
  std::string line = without_controls(text, Places::free);
  for (auto& c : line) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  const auto trimmed = trim(line);
  return trimmed.size() == line.size() ? line : std::string(trimmed);
}

char32_t named_character(std::string_view name) {
  for (const auto& [known, code] : kNamed) {
    if (known == name) return code;
  }
  const auto found = std::find(kLatin1.begin(), kLatin1.end(), name);
  return found == kLatin1.end() ? 0 : 0xA0 + static_cast<char32_t>(found - kLatin1.begin());
}

Reference reference_at(std::string_view text, std::size_t at) {
  const auto body = text.substr(at + 1, 32);
  const auto end = body.find(';');
  if (end == body.npos || end == 0) return {};
  const auto name = body.substr(0, end);
  if (name[0] != '#') {
    const auto code = named_character(name);
    return code == 0 ? Reference{} : Reference{code, end + 2};
  }
  const bool hex = name.size() > 1 && lower(name[1]) == 'x';
  const auto digits = name.substr(hex ? 2 : 1);
  if (digits.empty()) return {};
  std::uint64_t code = 0;
  for (const char c : digits) {
    const char d = lower(c);
    if (d >= '0' && d <= '9') {
      code = code * (hex ? 16 : 10) + static_cast<std::uint64_t>(d - '0');
    } else if (hex && d >= 'a' && d <= 'f') {
      code = code * 16 + static_cast<std::uint64_t>(d - 'a' + 10);
    } else {
      return {};
    }
    code = std::min<std::uint64_t>(code, 0x110000);
  }
  if (code >= 0x80 && code < 0xA0) code = kC1References[code - 0x80];
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = utf8::kReplacement;
  return {static_cast<char32_t>(code), end + 2};
}

std::string without_references(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t done = 0;
  for (auto at = text.find('&'); at != text.npos; at = text.find('&', at + 1)) {
    const auto reference = reference_at(text, at);
    if (reference.length == 0) continue;
    out.append(text.substr(done, at - done));
    utf8::append(out, reference.code);
    done = at + reference.length;
    at = done - 1;
  }
  return out.append(text.substr(done));
}

std::string without_markup(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool no_comment_end = false;  // so that a flood of openings is not searched again and again
  bool no_script_end = false;
  bool no_style_end = false;
  TagEnds ends_of_tags;
  std::size_t done = 0;
  const auto put = [&](std::size_t until) {
    out += without_references(text.substr(done, until - done));
  };
  const auto part = [&] {
    if (!out.empty() && out.back() != '\n') out += '\n';
  };
  for (auto at = text.find('<'); at != text.npos; at = text.find('<', at)) {
    if (text.substr(at, 4) == "<!--" && !no_comment_end) {
      const auto end = text.find("-->", at + 4);
      no_comment_end = end == text.npos;
      if (no_comment_end) {
        ++at;
        continue;
      }
      put(at);
      done = at = end + 3;
      continue;
    }
    const auto tag = tag_at(text, at, ends_of_tags);
    if (tag.length == 0) {
      ++at;
      continue;
    }
    put(at);
    done = at = at + tag.length;
    if (std::binary_search(kBlocks.begin(), kBlocks.end(), tag.name)) part();
    if (tag.name == "td" || tag.name == "th") out += ' ';
    const bool script = tag.name == "script";
    auto& no_end = script ? no_script_end : no_style_end;
    if (!tag.end && (script || tag.name == "style") && !no_end) {
      const auto end = find_folded(text, script ? "</script" : "</style", at);
      no_end = end == text.npos;
      if (!no_end) done = at = end;
    }
  }
  put(text.size());
  // Blocks leave lines empty: one between paragraphs is enough.
  std::size_t ends = 0;
  std::erase_if(out, [&](char c) {
    ends = c == '\n' ? ends + 1 : 0;
    return ends > 2;
  });
  const auto trimmed = trim(out);
  return trimmed.size() == out.size() ? out : std::string(trimmed);
}

}  // namespace fihris::reader
