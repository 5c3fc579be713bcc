// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/manifest.h"

#include <charconv>
#include <limits>

#include "base/file.h"
#include "fihris/error.h"
#include "index/article_data.h"
#include "index/schema.h"

namespace fihris::index {
namespace {

constexpr std::string_view kFirstLine =
    "# fihris index: its manifest, and a Xapian stub database. Written by fihris; do not edit.\n";

/// Bytes that would end a word or a line, as %XX.
std::string escape(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > ' ' && byte != '%' && byte < 0x7F) {
      escaped += c;
    } else {
      escaped += '%';
      escaped += kHex[byte >> 4];
      escaped += kHex[byte & 15];
    }
  }
  return escaped;
}

template <class Number>
bool read_number(std::string_view text, Number& to, int base = 10) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), to, base);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

std::optional<std::string> unescape(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    unsigned byte = 0;
    if (i + 2 >= text.size() || !read_number(text.substr(i + 1, 2), byte, 16)) return std::nullopt;
    plain += static_cast<char>(byte);
    i += 2;
  }
  return plain;
}

std::string hex32(std::uint32_t number) { return hex64(number).substr(8); }

std::string sum_text(const FileSum& sum) {
  return ' ' + std::to_string(sum.size) + ' ' + hex32(sum.crc);
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

bool read_sum(std::string_view size, std::string_view crc, FileSum& to) {
  return read_number(size, to.size) && read_number(crc, to.crc, 16);
}

/// A name that stays in the folder.
bool is_plain_name(std::string_view name) {
  return !name.empty() && name.find_first_of("/\\ %\n") == name.npos && name.front() != '.';
}

}  // namespace

std::vector<std::string> Manifest::files() const {
  std::vector<std::string> names{std::string(kManifestName)};
  for (const auto& segment : segments) {
    names.push_back(segment.name + ".glass");
    names.push_back(segment.name + ".columns");
    names.push_back(segment.name + ".words");
  }
  if (removed) names.push_back(removed_name());
  if (hidden) names.push_back(hidden_name());
  return names;
}

std::string write_manifest(const Manifest& m) {
  std::string text(kFirstLine);
  const auto line = [&](std::string_view key, std::string_view value) {
    text.append("#").append(key).append(" ").append(value).append("\n");
  };
  line("format", m.format);
  line("index", m.index);
  line("revision", std::to_string(m.revision));
  line("analyzer", escape(m.analyzer));
  line("authority", escape(m.authority));
  line("checkpoint", escape(m.checkpoint));
  if (m.removed) line("removed", m.removed_name() + sum_text(*m.removed));
  if (m.hidden) {
    line("hidden", m.hidden_name() + sum_text(*m.hidden));
    text += "auto " + m.hidden_name() + '\n';
  }
  for (const auto& s : m.segments) {
    line("segment", s.name + ' ' + std::to_string(s.documents) + ' ' +
                        std::to_string(s.text_bytes) + sum_text(s.glass) + sum_text(s.columns) +
                        sum_text(s.words));
    text += "auto " + s.name + ".glass\n";
  }
  return text + "#end " + hex32(crc32c(text)) + '\n';
}

Manifest parse_manifest(std::string_view bytes, const std::string& path) {
  const auto fail = [&](const std::string& what) {
    return Error(ErrorCode::index_damaged, path + ": " + what,
                 "run `fihris check --repair` on the index: the last good copy is looked for");
  };
  if (!bytes.starts_with(kFirstLine)) throw fail("not the manifest of a fihris index");
  constexpr std::size_t kEndLine = 14;  // "#end 01234567\n"
  std::uint32_t crc = 0;
  const auto end = bytes.size() - std::min(bytes.size(), kEndLine);
  if (!bytes.substr(end).starts_with("#end ") || bytes.back() != '\n' ||
      !read_number(bytes.substr(end + 5, 8), crc, 16) || crc != crc32c(bytes.substr(0, end))) {
    throw fail("the checksum of the manifest does not fit: it was cut or changed");
  }
  Manifest m;
  std::string_view rest = bytes.substr(0, end);
  while (!rest.empty()) {
    const auto size = rest.find('\n');
    const auto line = rest.substr(0, size);
    rest.remove_prefix(size + 1);
    if (!line.starts_with('#') || line.starts_with("# ")) continue;
    auto words = words_of(line.substr(1));
    const auto key = words.front();
    words.erase(words.begin());
    const auto value = words.empty() ? std::string_view() : words.front();
    bool good = true;
    if (key == "format") {
      m.format = value;
      if (value != kFormatVersion) {
        throw Error(ErrorCode::index_version,
                    path + ": the index has format " + m.format + ", this library reads format " +
                        std::string(kFormatVersion),
                    "use the version of fihris that wrote it, or index the sources again");
      }
    } else if (key == "index") {
      m.index = value;
    } else if (key == "revision") {
      good = read_number(value, m.revision);
    } else if (key == "analyzer" || key == "authority" || key == "checkpoint") {
      const auto plain = unescape(value);
      good = plain.has_value();
      if (good)
        (key == "analyzer" ? m.analyzer : key == "authority" ? m.authority : m.checkpoint) = *plain;
    } else if (key == "removed" || key == "hidden") {
      FileSum sum;
      good = words.size() == 3 && read_sum(words[1], words[2], sum);
      (key == "removed" ? m.removed : m.hidden) = sum;
    } else if (key == "segment") {
      SegmentEntry s;
      good = words.size() == 9 && is_plain_name(words[0]) && read_number(words[1], s.documents) &&
             read_number(words[2], s.text_bytes) && read_sum(words[3], words[4], s.glass) &&
             read_sum(words[5], words[6], s.columns) && read_sum(words[7], words[8], s.words);
      if (good) s.name = words[0];
      m.segments.push_back(std::move(s));
    }
    if (!good) throw fail("a line of the manifest cannot be read: " + std::string(key));
  }
  if (m.format.empty() || m.revision == 0) throw fail("the manifest lacks format or revision");
  return m;
}

Manifest read_manifest(const std::string& folder) {
  const std::string path = folder + '/' + std::string(kManifestName);
  std::string bytes;
  try {
    bytes = read_file(path);
  } catch (const Error& e) {
    if (e.code() != ErrorCode::not_found) throw;
    throw Error(ErrorCode::not_found, folder + ": there is no index here",
                "make one with `fihris index`, or look at the name of the folder");
  }
  return parse_manifest(bytes, path);
}

std::string write_removed(const Removed& removed) {
  std::string bytes;
  for (const auto& segment : removed) {
    put_number(bytes, segment.size());
    std::uint32_t next = 0;
    for (const auto document : segment) {
      put_number(bytes, document - next);
      next = document + 1;
    }
  }
  return bytes;
}

Removed parse_removed(std::string_view bytes, const Manifest& manifest, const std::string& path) {
  const auto fail = [&] {
    return Error(ErrorCode::index_damaged,
                 path + ": not the list of removed articles of this index",
                 "index the sources again: without it removed articles would come back");
  };
  Removed removed;
  for (const auto& segment : manifest.segments) {
    const auto count = take_number(bytes);
    if (!count || *count > segment.documents) throw fail();
    auto& list = removed.emplace_back();
    list.reserve(*count);
    std::uint64_t next = 0;
    for (std::uint64_t i = 0; i < *count; ++i) {
      const auto gap = take_number(bytes);
      if (!gap || *gap >= segment.documents || next + *gap >= segment.documents) throw fail();
      list.push_back(static_cast<std::uint32_t>(next + *gap));
      next += *gap + 1;
    }
  }
  if (!bytes.empty()) throw fail();
  return removed;
}

}  // namespace fihris::index
