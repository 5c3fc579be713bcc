// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/tails.h"

#include <cstring>
#include <vector>

#include "base/file.h"
#include "base/tsv.h"

namespace fihris::reader {
namespace {

constexpr std::size_t kLines = 12;        // that are looked at, from the end
constexpr std::size_t kShortBytes = 200;  // some hundred letters
constexpr std::uint32_t kLeast = 5;
constexpr std::uint64_t kShare = 50;
constexpr std::size_t kMostLines = 20000;  // remembered for a source
constexpr std::size_t kBeginning = 200;

struct Line {
  std::size_t at = 0;
  std::string_view text;
};

/// The last lines of a text that are not blank, the last one first; never the first line of all.
std::vector<Line> last_lines(std::string_view text) {
  std::vector<Line> lines;
  auto end = text.size();
  while (end > 0 && lines.size() < kLines) {
    const void* found = ::memrchr(text.data(), '\n', end);
    if (found == nullptr) break;
    const auto mark = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    const auto line = trim(text.substr(mark + 1, end - mark - 1));
    if (!line.empty()) {
      lines.push_back({static_cast<std::size_t>(line.data() - text.data()), line});
    }
    end = mark;
  }
  return lines;
}

bool ends_a_sentence(std::string_view line) {
  return line.ends_with('.') || line.ends_with('!') || line.ends_with("؟") || line.ends_with('"') ||
         line.ends_with("»");
}

/// A line with all its digits as one, so that «عدد القراء 15» is a line that repeats; but sentences
/// that differ in a number are news.
std::uint64_t key_of(std::string_view line) {
  if (ends_a_sentence(line)) return fnv1a(line);
  std::string key;
  for (const char c : line) key += c >= '0' && c <= '9' ? '0' : c;
  return fnv1a(key);
}

}  // namespace

void TailFinder::learn(const Article& article) {
  auto& source = sources_[article.source];
  ++source.articles;
  const auto beginning = fnv1a(std::string_view(article.text).substr(0, kBeginning));
  for (const auto& line : last_lines(article.text)) {
    if (line.text.size() > kShortBytes) continue;
    if (source.lines.size() >= kMostLines)
      std::erase_if(source.lines, [](const auto& item) { return item.second.count == 1; });
    auto& seen = source.lines[key_of(line.text)];
    if (seen.last != beginning || seen.count == 0) ++seen.count;
    seen.last = beginning;
  }
}

bool TailFinder::is_learnt(const Source& source, std::string_view line) const {
  if (line.size() > kShortBytes) return false;
  const auto found = source.lines.find(key_of(line));
  return found != source.lines.end() && found->second.count >= kLeast &&
         found->second.count * kShare >= source.articles;
}

Article TailFinder::set_apart(Article article) const {
  const auto source = sources_.find(article.source);
  if (source == sources_.end()) return article;
  std::size_t cut = article.text.size();
  for (const auto& line : last_lines(article.text)) {
    if (is_learnt(source->second, line.text)) {
      cut = line.at;
    } else if (line.text.size() > kShortBytes || ends_a_sentence(line.text)) {
      break;
    }
  }
  if (cut == article.text.size()) return article;
  article.fields.push_back({"boilerplate", article.text.substr(cut), false});
  article.text.resize(cut);
  article.text.resize(article.text.find_last_not_of("\n\r\t ") + 1);
  return article;
}

}  // namespace fihris::reader
