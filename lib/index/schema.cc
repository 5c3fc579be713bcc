// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/schema.h"

#include "base/file.h"
#include "base/utf8.h"

namespace fihris::index {
namespace {

constexpr std::size_t kLongestId = 200;    ///< bytes as Xapian stores them
constexpr std::size_t kLongestTerm = 240;  ///< Xapian holds 245; room for a prefix separator
constexpr char kHashed = '\x1F';           ///< begins the term of a hashed id, after the prefix

/// Bytes of `text` as Xapian stores a key: a zero byte is escaped to two.
std::size_t stored_size(std::string_view text) {
  std::size_t size = text.size();
  for (const char c : text) size += c == '\0' ? 1 : 0;
  return size;
}

}  // namespace

std::string id_term(std::string_view id) {
  std::string term(prefix::kId);
  if (stored_size(id) <= kLongestId && (id.empty() || id.front() != kHashed)) {
    return term.append(id);
  }
  term += kHashed;
  term += hex64(fnv1a(id));
  term += hex64(fnv1a(id, 0x9E3779B97F4A7C15ULL));
  return term += ':' + std::to_string(id.size());
}

std::string bounded_term(std::string_view prefix, std::string_view value) {
  std::string term(prefix);
  if (stored_size(value) + prefix.size() <= kLongestTerm) return term.append(value);
  std::size_t end = 0;
  std::size_t size = prefix.size();
  for (; end < value.size(); ++end) {
    size += value[end] == '\0' ? 2 : 1;
    if (size > kLongestTerm) break;
  }
  return term.append(value.substr(0, utf8::floor_boundary(value, end)));
}

}  // namespace fihris::index
