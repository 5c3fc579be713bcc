// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/normalize.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "base/utf8.h"

namespace fihris::analysis {
namespace {

bool is_arabic_mark(char32_t c) {
  return (c >= 0x0610 && c <= 0x061A) || (c >= 0x064B && c <= 0x065F) || c == 0x0670 ||
         (c >= 0x06D6 && c <= 0x06ED && c != 0x06DD && c != 0x06E5 && c != 0x06E6 && c != 0x06E9);
}

bool is_ignorable(char32_t c) {
  return c == 0x0640 || c == 0x00AD || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

bool is_presentation(char32_t c) {
  return (c >= 0xFB50 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC);
}

/// A vowel sign as a presentation form of its own.
bool is_lone_mark(char32_t c) {
  return (c >= 0xFE70 && c <= 0xFE7F) || (c >= 0xFC5E && c <= 0xFC63) ||
         (c >= 0xFCF2 && c <= 0xFCF4);
}

bool is_arabic(char32_t c) {
  return (c >= 0x0600 && c <= 0x06FF) || (c >= 0x0750 && c <= 0x077F) ||
         (c >= 0x08A0 && c <= 0x08FF) || is_presentation(c);
}

/// The seat of a hamza or madda that follows as a mark of its own: ا + U+0654 is أ.
char32_t compose(char32_t base, char32_t mark) {
  if (mark == 0x0653 && base == U'ا') return U'آ';
  if (mark == 0x0655 && base == U'ا') return U'إ';
  if (mark != 0x0654) return 0;
  if (base == U'ا') return U'أ';
  if (base == U'و') return U'ؤ';
  if (base == U'ي' || base == U'ى') return U'ئ';
  return 0;
}

void append_nfkc(std::string& to, char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfkc = icu::Normalizer2::getNFKCInstance(status);
  if (U_FAILURE(status)) return;
  const auto done = nfkc->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status);
  for (std::int32_t i = 0; U_SUCCESS(status) && i < done.length();) {
    const auto code = static_cast<char32_t>(done.char32At(i));
    if (!is_arabic_mark(code) && code != U' ') utf8::append(to, code);
    i += U16_LENGTH(code);
  }
}

}  // namespace

CharClass char_class(char32_t c) {
  if (c < 0x80) {
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') return CharClass::letter;
    return c >= '0' && c <= '9' ? CharClass::digit : CharClass::other;
  }
  if (is_ignorable(c)) return CharClass::ignorable;
  if (is_arabic_mark(c)) return CharClass::mark;
  if ((c >= 0x0660 && c <= 0x0669) || (c >= 0x06F0 && c <= 0x06F9)) return CharClass::digit;
  if ((c >= 0x0620 && c <= 0x064A) || (c >= 0x0671 && c <= 0x06D3)) return CharClass::arabic;
  if (is_lone_mark(c)) return CharClass::mark;
  const auto code = static_cast<UChar32>(c);
  if (u_isdigit(code)) return CharClass::digit;
  if (u_isalpha(code)) return is_arabic(c) ? CharClass::arabic : CharClass::letter;
  const auto mask = U_GET_GC_MASK(code);
  return (mask & (U_GC_MN_MASK | U_GC_MC_MASK | U_GC_ME_MASK)) != 0 ? CharClass::mark
                                                                    : CharClass::other;
}

std::string to_light(std::string_view text) {
  std::string light;
  light.reserve(text.size());
  char32_t last = 0;
  std::size_t last_at = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    at += c.length;
    if (is_ignorable(c.code)) continue;
    if (is_arabic_mark(c.code)) {
      if (const char32_t composed = compose(last, c.code)) {
        light.resize(last_at);
        utf8::append(light, composed);
        last = 0;
      }
      continue;
    }
    last = c.code;
    last_at = light.size();
    if (is_presentation(c.code)) {
      append_nfkc(light, c.code);
    } else {
      utf8::append(light, c.code);
    }
  }
  return light;
}

std::string to_folded(std::string_view light) {
  std::string folded;
  folded.reserve(light.size());
  for (std::size_t at = 0; at < light.size();) {
    const auto [code, length, valid] = utf8::decode(light, at);
    at += length;
    char32_t c = code;
    switch (c) {
      case U'أ':
      case U'إ':
      case U'آ':
      case U'ٱ':
        c = U'ا';
        break;
      case U'ؤ':
        c = U'و';
        break;
      case U'ئ':
      case U'ى':
      case U'ی':
      case U'ې':
        c = U'ي';
        break;
      case U'ة':
      case U'ە':
      case U'ہ':
      case U'ھ':
        c = U'ه';
        break;
      case U'ک':
      case U'گ':
      case U'ڪ':
        c = U'ك';
        break;
      case U'پ':
        c = U'ب';
        break;
      case U'چ':
        c = U'ج';
        break;
      case U'İ':
      case U'ı':
        c = U'i';
        break;
      case U'ژ':
        c = U'ز';
        break;
      case U'ڤ':
      case U'ڥ':
        c = U'ف';
        break;
      default:
        if (c >= 0x0660 && c <= 0x0669) {
          c = U'0' + (c - 0x0660);
        } else if (c >= 0x06F0 && c <= 0x06F9) {
          c = U'0' + (c - 0x06F0);
        } else if (c >= 'A' && c <= 'Z') {
          c |= 0x20;
        } else if (c >= 0x80 && (c < 0x0600 || c > 0x06FF)) {
          const auto digit = u_charDigitValue(static_cast<UChar32>(c));
          c = digit >= 0 && u_isdigit(static_cast<UChar32>(c))
                  ? U'0' + static_cast<char32_t>(digit)
                  : static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
        }
    }
    utf8::append(folded, c);
  }
  return folded;
}

}  // namespace fihris::analysis
