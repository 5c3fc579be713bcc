// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/glass_table.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <vector>

#include "base/file.h"
#include "fihris/error.h"
#include "index/article_data.h"

namespace fihris::index {
namespace {

constexpr std::size_t kBlock = 8192;    ///< bytes of a block
constexpr std::size_t kDirectory = 11;  ///< where the directory of a block begins
constexpr std::size_t kBlockNumber = 4;
/// Four items of the largest size fit into a block.
constexpr std::size_t kLargestItem = (kBlock - kDirectory - 8) / 4;
constexpr unsigned kFirstComponent = 0x2000;  ///< flags beside the size of an item
constexpr unsigned kLastComponent = 0x4000;
/// From so many bytes on a chunk is closed, as in Xapian itself.
constexpr std::size_t kChunk = 1900;

/// The tables of a database in the order of the version file.
enum Table : std::size_t { kPostings, kTables = 6 };
constexpr std::size_t kMagic = 16;  ///< bytes of name and format of the version file
constexpr std::size_t kUuid = 16;

void put_be(std::string& to, std::uint32_t number, int bytes) {
  while (bytes-- > 0) to.push_back(static_cast<char>(number >> 8 * bytes));
}

void set_be(char* at, std::uint32_t number, int bytes) {
  while (bytes-- > 0) *at++ = static_cast<char>(number >> 8 * bytes);
}

/// Xapian's variable-length numbers are those of the article records.
void pack(std::string& to, std::uint64_t number) { put_number(to, number); }

std::uint64_t unpack(std::string_view& from) {
  if (const auto number = take_number(from)) return *number;
  throw Error(ErrorCode::internal, "a version file of Xapian that cannot be read");
}

/// In an order-preserving form: two bytes below 2^15, else a first byte whose leading ones count
/// the bytes after it.
void pack_sorted(std::string& to, std::uint32_t number) {
  if (number < 0x8000) return put_be(to, number, 2);
  int size = 3;  // of which the first holds what 10 - size bits can
  while (size < 5 && number >> (7 * size + 1) != 0) ++size;
  const auto lead = static_cast<std::uint32_t>(0xFF << (10 - size)) & 0xFF;
  to.push_back(static_cast<char>(lead | (size == 5 ? 0 : number >> 8 * (size - 1))));
  put_be(to, number, size - 1);
}

/// A term as the key of its first chunk; `more` if a document number follows.
std::string term_key(std::string_view term, bool more) {
  std::string key;
  if (term.empty()) return {'\0', '\xe0'};
  for (const char c : term) {
    key.push_back(c);
    if (c == '\0') key.push_back('\xff');
  }
  if (more) key.push_back('\0');
  return key;
}

}  // namespace

/// A B-tree that is filled in the order of its keys. Full blocks are written as they come; each
/// leaves its first key in the level above.
class PostingTable::Tree {
 public:
  explicit Tree(const std::string& path) : file_(path) {
    // Every tree begins with an item of its own, which has an empty key.
    std::string item;
    put_be(item, kFirstComponent | kLastComponent, 2);
    item.push_back('\0');
    add(0, "", 0, item);
  }

  void add(const std::string& key, std::string_view tag) {
    if (key.size() > 255) throw Error(ErrorCode::internal, "a key too long for a glass table");
    const auto first_room = kLargestItem - 3 - key.size();
    const auto room = first_room - 2;
    std::uint32_t component = 1;
    do {
      const auto piece = tag.substr(0, component == 1 ? first_room : room);
      tag.remove_prefix(piece.size());
      std::string item;
      const auto size = 3 + key.size() + (component == 1 ? 0 : 2) + piece.size();
      put_be(item,
             static_cast<std::uint32_t>(size - 3) | (component == 1 ? kFirstComponent : 0) |
                 (tag.empty() ? kLastComponent : 0),
             2);
      item.push_back(static_cast<char>(key.size()));
      item += key;
      if (component > 1) put_be(item, component, 2);
      item += piece;
      add(0, key, component++, item);
    } while (!tag.empty());
    ++entries_;
  }

  /// Writes what is left and says where the root is, as the version file has it.
  std::string finish(std::uint64_t revision) {
    std::size_t top = 0;
    for (; top + 1 < levels_.size(); ++top) close_block(top);
    const auto root = write(top);
    file_.close();
    std::string info;
    pack(info, root);
    pack(info, top << 2 | 2);  // filled in sequence
    pack(info, entries_);
    pack(info, kBlock >> 11);
    pack(info, 0);  // never compressed
    std::string free;
    pack(free, revision);
    pack(free, blocks_);
    free.append(4, '\0');
    pack(info, free.size());
    return info + free;
  }

 private:
  struct Level {
    std::array<char, kBlock> block{};
    std::size_t items = 0;
    std::size_t end = kBlock;  ///< where the items begin, which grow downwards
    std::string first_key;
    std::uint32_t first_component = 0;
    bool leftmost = true;  ///< no block of the level was written yet
  };

  void add(std::size_t number, const std::string& key, std::uint32_t component,
           std::string_view item) {
    if (number == levels_.size()) levels_.push_back(std::make_unique<Level>());
    const auto fits = [&] {
      const auto& level = *levels_[number];
      return kDirectory + 2 * (level.items + 1) + item.size() <= level.end;
    };
    if (!fits()) close_block(number);
    auto& level = *levels_[number];
    if (level.items == 0) {
      level.first_key = key;
      level.first_component = component;
    }
    level.end -= item.size();
    std::memcpy(level.block.data() + level.end, item.data(), item.size());
    set_be(level.block.data() + kDirectory + 2 * level.items, static_cast<std::uint32_t>(level.end),
           2);
    ++level.items;
  }

  /// Writes the block of a level, empties it, and enters it in the level above.
  void close_block(std::size_t number) {
    const auto block = write(number);
    auto& level = *levels_[number];
    const bool leftmost = level.leftmost;
    const auto key = leftmost ? std::string() : level.first_key;
    const auto component = leftmost ? 0 : level.first_component;
    level.leftmost = false;
    level.items = 0;
    level.end = kBlock;
    level.block.fill(0);
    std::string item;
    put_be(item, block, kBlockNumber);
    item.push_back(static_cast<char>(key.size()));
    item += key;
    put_be(item, component, 2);
    add(number + 1, key, component, item);
  }

  std::uint32_t write(std::size_t number) {
    auto& level = *levels_[number];
    char* block = level.block.data();
    const auto directory_end = kDirectory + 2 * level.items;
    const auto free = static_cast<std::uint32_t>(level.end - directory_end);
    set_be(block, 1, 4);  // revision
    block[4] = static_cast<char>(number);
    set_be(block + 5, free, 2);  // in one piece
    set_be(block + 7, free, 2);  // and in all
    set_be(block + 9, static_cast<std::uint32_t>(directory_end), 2);
    file_.append({block, kBlock});
    if (blocks_ == std::numeric_limits<std::uint32_t>::max()) {
      throw Error(ErrorCode::limit, "a posting table of more than 2^32 blocks");
    }
    return blocks_++;
  }

  FileWriter file_;
  std::vector<std::unique_ptr<Level>> levels_;
  std::uint32_t blocks_ = 0;
  std::uint64_t entries_ = 0;
};

PostingTable::PostingTable(const std::string& folder)
    : folder_(folder), tree_(std::make_unique<Tree>(folder + "/postlist.new")) {}

PostingTable::~PostingTable() = default;

void PostingTable::values(unsigned slots, const GiveValues& give) {
  for (unsigned slot = 0; slot < slots; ++slot) {
    std::uint64_t count = 0;
    std::string low, high;
    give(slot, [&](std::uint32_t, const std::string& value) {
      if (count++ == 0) {
        low = high = value;
      } else if (value < low) {
        low = value;
      } else if (value > high) {
        high = value;
      }
    });
    if (count == 0) continue;
    std::string key{'\0', '\xd0'};
    if (slot > 0) key.push_back(static_cast<char>(slot));
    std::string tag;
    pack(tag, count);
    pack(tag, low.size());
    tag += low;
    if (high != low) tag += high;
    tree_->add(key, tag);
  }
  for (unsigned slot = 0; slot < slots; ++slot) {
    std::string chunk;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    const auto flush = [&] {
      if (chunk.empty()) return;
      std::string key{'\0', '\xd8'};
      pack(key, slot);
      pack_sorted(key, first + 1);
      tree_->add(key, chunk);
      chunk.clear();
    };
    give(slot, [&](std::uint32_t document, const std::string& value) {
      if (chunk.empty()) {
        first = document;
      } else {
        pack(chunk, document - last - 1);
      }
      last = document;
      pack(chunk, value.size());
      chunk += value;
      if (chunk.size() >= kChunk) flush();
    });
    flush();
  }
}

void PostingTable::lengths(std::span<const std::uint32_t> lengths) {
  documents_ = static_cast<std::uint32_t>(lengths.size());
  std::vector<Posting> postings;
  postings.reserve(lengths.size());
  for (const auto length : lengths) {
    postings.push_back({static_cast<std::uint32_t>(postings.size()), length});
    total_length_ += length;
    longest_ = std::max(longest_, length);
    if (length > 0 && (shortest_ == 0 || length < shortest_)) shortest_ = length;
  }
  if (!postings.empty()) chunks("", postings);
}

void PostingTable::term(std::string_view term, std::span<const Posting> postings) {
  for (const auto& each : postings) {
    highest_frequency_ = std::max(highest_frequency_, each.frequency);
  }
  chunks(term, postings);
}

void PostingTable::chunks(std::string_view term, std::span<const Posting> postings) {
  std::uint64_t occurrences = 0;
  if (!term.empty()) {
    for (const auto& each : postings) occurrences += each.frequency;
  }
  std::string body;
  std::string tag;
  for (std::size_t i = 0; i < postings.size();) {
    const auto first = postings[i].document;
    const bool begins = i == 0;
    body.clear();
    pack(body, postings[i].frequency);
    auto last = first;
    for (++i; i < postings.size() && body.size() < kChunk - term.size(); ++i) {
      pack(body, postings[i].document - last - 1);
      pack(body, postings[i].frequency);
      last = postings[i].document;
    }
    tag.clear();
    if (begins) {
      // The list of lengths counts nothing.
      pack(tag, term.empty() ? 0 : postings.size());
      pack(tag, occurrences);
      pack(tag, first);  // Xapian's number of it, less one
    }
    tag.push_back(i == postings.size() ? '1' : '0');
    pack(tag, last - first);
    tag += body;
    auto key = term_key(term, !begins);
    if (!begins) pack_sorted(key, first + 1);
    tree_->add(key, tag);
  }
}

void PostingTable::finish() {
  const auto old = read_file(folder_ + "/iamglass");
  std::string_view rest = std::string_view(old).substr(std::min(old.size(), kMagic + kUuid));
  std::string fresh = old.substr(0, kMagic + kUuid);
  const auto revision = unpack(rest);
  pack(fresh, revision);
  for (std::size_t table = 0; table < kTables; ++table) {
    const auto begin = rest;
    for (int field = 0; field < 5; ++field) unpack(rest);
    const auto free = unpack(rest);
    rest.remove_prefix(std::min<std::size_t>(free, rest.size()));
    if (table == kPostings) {
      fresh += tree_->finish(revision);
    } else {
      fresh += begin.substr(0, begin.size() - rest.size());
    }
  }
  pack(fresh, documents_);
  pack(fresh, 0);  // the highest number of a document, less their count
  pack(fresh, shortest_);
  pack(fresh, highest_frequency_);
  pack(fresh, longest_ - std::min(longest_, highest_frequency_));
  pack(fresh, 0);  // oldest changeset
  pack(fresh, total_length_);
  pack(fresh, 0);  // spelling
  rename_file(folder_ + "/postlist.new", folder_ + "/postlist.glass");
  write_file(folder_ + "/iamglass", fresh);
}

}  // namespace fihris::index
