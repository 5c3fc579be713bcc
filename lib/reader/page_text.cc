// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/page_text.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "base/tsv.h"
#include "reader/clean.h"

namespace fihris::reader {
namespace {

/// Elements that never hold text of an article, sorted.
constexpr std::array<std::string_view, 20> kNoText{
    "applet", "audio", "button",   "canvas",   "datalist", "embed",  "head",
    "iframe", "map",   "math",     "noscript", "object",   "script", "select",
    "style",  "svg",   "template", "textarea", "title",    "video"};
/// Elements round an article, sorted.
constexpr std::array<std::string_view, 6> kAround{"aside", "dialog", "footer",
                                                  "form",  "menu",   "nav"};
/// Elements that begin a line of their own, sorted.
constexpr std::array<std::string_view, 31> kBlocks{
    "address", "article", "aside", "blockquote", "body",       "br",     "center", "dd",
    "div",     "dl",      "dt",    "fieldset",   "figcaption", "figure", "footer", "form",
    "h1",      "h2",      "h3",    "h4",         "h5",         "h6",     "header", "hr",
    "li",      "main",    "p",     "pre",        "section",    "table",  "tr"};
/// Words in a class or id that mark what stands round an article.
constexpr std::array<std::string_view, 28> kAroundWords{
    "addthis",  "addtoany", "breadcrumb", "comment",      "cookie", "copyright",  "footer",
    "masthead", "menu",     "mostread",   "most-read",    "nav",    "newsletter", "pagination",
    "popup",    "promo",    "related",    "relatedposts", "share",  "sharedaddy", "sharing",
    "sidebar",  "social",   "sponsor",    "subscribe",    "tags",   "toolbar",    "widget"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

/// True if a word of `names` (a class or id, split at what is no letter) is a mark of surroundings.
bool has_around_word(std::string_view names) {
  if (names.empty() || names.size() > 500) return false;
  std::string lower(names);
  for (auto& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return std::any_of(kAroundWords.begin(), kAroundWords.end(), [&](std::string_view word) {
    for (auto at = lower.find(word); at != lower.npos; at = lower.find(word, at + 1)) {
      const auto letter = [&](std::size_t i) {
        return i < lower.size() && lower[i] >= 'a' && lower[i] <= 'z';
      };
      const auto end = at + word.size() + (lower.substr(at + word.size(), 1) == "s" ? 1 : 0);
      if ((at == 0 || !letter(at - 1)) && !letter(end)) return true;
    }
    return false;
  });
}

bool is_hidden(const xmlNode* element) {
  return attribute_of(element, "hidden").data() != nullptr ||
         attribute_of(element, "aria-hidden") == "true" ||
         attribute_of(element, "style").find("display:none") != std::string_view::npos;
}

bool is_around(const xmlNode* element) {
  const auto name = element_name(element);
  if (is_one_of(kAround, name)) return true;
  if (name == "body" || name == "html" || name == "article" || name == "main") return false;
  const auto role = attribute_of(element, "role");
  return role == "navigation" || role == "banner" || role == "contentinfo" || role == "search" ||
         role == "complementary" || has_around_word(attribute_of(element, "class")) ||
         has_around_word(attribute_of(element, "id"));
}

enum class Surroundings : unsigned char { out, in };

/// Text with a line for each block.
class TextWriter {
 public:
  void characters(std::string_view text) {
    for (const char c : text) {
      const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
      if (!blank) {
        if (blank_ && !out_.empty() && out_.back() != '\n') out_ += ' ';
        out_ += c;
      }
      blank_ = blank;
    }
  }
  void line() {
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
    blank_ = false;
  }
  void blank() { blank_ = true; }
  std::string take() { return std::string(trim(out_)); }

 private:
  std::string out_;
  bool blank_ = false;
};

std::string_view content(const xmlNode* node) {
  return node->content == nullptr ? std::string_view()
                                  : reinterpret_cast<const char*>(node->content);
}

bool is_text(const xmlNode* node) {
  return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

std::string visible_text(const xmlNode* root, Surroundings surroundings) {
  TextWriter writer;
  for_each_node(
      root,
      [&](const xmlNode* node) {
        if (is_text(node)) writer.characters(content(node));
        if (node->type != XML_ELEMENT_NODE) return Walk::past;
        const auto name = element_name(node);
        if (is_one_of(kNoText, name) || is_hidden(node)) return Walk::past;
        if (surroundings == Surroundings::out && node != root && is_around(node)) return Walk::past;
        if (is_one_of(kBlocks, name)) writer.line();
        if (name == "td" || name == "th") writer.blank();
        return Walk::on;
      },
      [&](const xmlNode* node) {
        if (is_one_of(kBlocks, element_name(node))) writer.line();
      });
  return writer.take();
}

/// How much running text an element holds that stands in no link.
std::size_t running_text(const xmlNode* block) {
  std::size_t length = 0;
  for_each_node(block, [&](const xmlNode* node) {
    if (is_text(node)) length += trim(content(node)).size();
    const auto name = element_name(node);
    return node->type == XML_ELEMENT_NODE && name != "a" && !is_one_of(kNoText, name) ? Walk::on
                                                                                      : Walk::past;
  });
  return length;
}

/// The parent of most running text, after the way of Readability: a paragraph counts for its parent
/// and half for the parent above.
const xmlNode* densest_block(const xmlNode* root) {
  constexpr std::size_t kShortest = 80;  // bytes: some 40 letters
  std::unordered_map<const xmlNode*, double> scores;
  for_each_node(root, [&](const xmlNode* node) {
    if (node->type != XML_ELEMENT_NODE) return Walk::past;
    const auto name = element_name(node);
    if (is_one_of(kNoText, name) || (node != root && is_around(node))) return Walk::past;
    if (name != "p" && name != "blockquote" && name != "pre") return Walk::on;
    const auto length = running_text(node);
    if (length >= kShortest && node->parent != nullptr) {
      scores[node->parent] += static_cast<double>(length);
      if (node->parent->parent != nullptr) {
        scores[node->parent->parent] += static_cast<double>(length) / 2;
      }
    }
    return Walk::past;
  });
  const xmlNode* best = nullptr;
  double most = 0;
  // In the order of the page, so that of equals the first is taken whatever the addresses.
  for_each_node(root, [&](const xmlNode* node) {
    const auto found = scores.find(node);
    if (found != scores.end() && found->second > most) {
      most = found->second;
      best = node;
    }
    return Walk::on;
  });
  return best;
}

}  // namespace

std::string raw_text(const xmlNode* element) {
  std::string text;
  for_each_node(element, [&](const xmlNode* node) {
    if (is_text(node)) text += content(node);
    return Walk::on;
  });
  return text;
}

std::string article_text(const xmlNode* root, const std::string& known) {
  constexpr std::size_t kShortPage = 2000;  // bytes; below it the page is taken whole
  const auto page = visible_text(root, Surroundings::out);
  std::string best;
  static const Selector kBodies("[itemprop=articleBody],article,main,[role=main]");
  if (page.size() > kShortPage) {
    // Of several (a list of teasers), the longest.
    for_each_node(root, [&](const xmlNode* node) {
      if (node->type != XML_ELEMENT_NODE) return Walk::past;
      if (!kBodies.matches(node)) return Walk::on;
      auto text = visible_text(node, Surroundings::out);
      if (text.size() > best.size()) best = std::move(text);
      return Walk::past;
    });
    if (best.size() < kShortPage / 4) {
      const auto* block = densest_block(root);
      if (block != nullptr) best = visible_text(block, Surroundings::out);
    }
    if (best.size() < page.size() / 4) best.clear();
  }
  if (best.empty()) best = page.empty() ? visible_text(root, Surroundings::in) : page;
  return known.size() > best.size() / 2 && page.size() > kShortPage && !known.empty() ? known
                                                                                      : best;
}

std::string selected_text(const xmlNode* root, const Selector& selector) {
  std::string text;
  for_each_node(root, [&](const xmlNode* node) {
    if (node->type != XML_ELEMENT_NODE) return Walk::past;
    if (!selector.matches(node)) return Walk::on;
    const auto part = visible_text(node, Surroundings::in);
    if (!part.empty()) text += (text.empty() ? "" : "\n") + part;
    return Walk::past;
  });
  return text;
}

}  // namespace fihris::reader
