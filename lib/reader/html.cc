// SPDX-License-Identifier: GPL-2.0-or-later
#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <memory>
#include <vector>

#include "base/json_writer.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "reader/clean.h"
#include "reader/formats.h"
#include "reader/json_record.h"
#include "reader/page_text.h"
#include "reader/selector.h"
#include "reader/whole_text.h"

namespace fihris::reader {
namespace {

struct FreeDocument {
  void operator()(xmlDoc* d) const { xmlFreeDoc(d); }
};
struct FreeContext {
  void operator()(htmlParserCtxt* c) const { htmlFreeParserCtxt(c); }
};

void be_silent(void*, const char*, ...) {}

/// The page as a tree. Nothing is loaded from anywhere; errors are mended in silence.
std::unique_ptr<xmlDoc, FreeDocument> parse_page(const std::string& page) {
  xmlSetGenericErrorFunc(nullptr, be_silent);
  const std::unique_ptr<htmlParserCtxt, FreeContext> context(htmlNewParserCtxt());
  if (context == nullptr) return nullptr;
  return std::unique_ptr<xmlDoc, FreeDocument>(htmlCtxtReadMemory(
      context.get(), page.data(), static_cast<int>(page.size()), nullptr, "UTF-8",
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
          HTML_PARSE_COMPACT));
}

constexpr std::size_t kMostAttributes = 200;  // of an element: libxml2 compares each with all

/// The end of the markup that "<" begins: behind its ">" of a tag, `at + 1` of a comment; `at` if
/// it begins none. «a<b» and «<<<<» do not: a tag that holds another "<" before its end would
/// swallow the text between them.
std::size_t markup_end(std::string_view page, std::size_t at, TagEnds& ends) {
  auto i = at + 1;
  if (i < page.size() && page[i] == '/') ++i;
  if (i >= page.size()) return at;
  const char first = page[i];
  if (first == '!' || first == '?') return i == at + 1 ? i : at;
  if (!((first | 0x20) >= 'a' && (first | 0x20) <= 'z')) return at;
  const auto end = ends.find(page, i);
  return end.found == TagEnds::Found::end ? end.at + 1 : at;
}

/// Where the attributes of a tag end that may stay.
std::size_t allowed_end(std::string_view page, std::size_t at, std::size_t end) {
  std::size_t count = 0;
  char quote = 0;
  for (auto i = at; i + 1 < end; ++i) {
    const char c = page[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && page[i - 1] == '=') {
      quote = c;
    } else if ((c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '/') &&
               ++count > kMostAttributes) {
      return i;
    }
  }
  return end;
}

/// What HTML 5 does and libxml2 does not: zero bytes and references to no character are U+FFFD, and
/// "<" is text where it begins no tag. Attributes beyond a bound go.
std::string mended(std::string_view page) {
  std::string out;
  out.reserve(page.size());
  std::size_t done = 0;
  std::size_t tag_end = 0;
  TagEnds ends;
  for (std::size_t i = 0; i < page.size(); ++i) {
    if (page[i] == '\0') {
      out.append(page.substr(done, i - done)).append("\xEF\xBF\xBD");
      done = i + 1;
    } else if (page[i] == '<' && i >= tag_end) {
      tag_end = markup_end(page, i, ends);
      if (tag_end == i) {
        out.append(page.substr(done, i - done)).append("&lt;");
        done = i + 1;
      } else if (const auto stop = allowed_end(page, i + 1, tag_end); stop != tag_end) {
        out.append(page.substr(done, stop - done)).append(">");
        done = tag_end;
        i = done - 1;
      }
    } else if (page[i] == '&' && i + 1 < page.size() && page[i + 1] == '#') {
      const auto reference = reference_at(page, i);
      if (reference.length == 0 || (reference.code != utf8::kReplacement &&
                                    (reference.code < 0x80 || reference.code > 0xFF))) {
        continue;
      }
      out.append(page.substr(done, i - done));
      utf8::append(out, reference.code);
      done = i + reference.length;
      i = done - 1;
    }
  }
  return out.append(page.substr(done));
}

/// What the page says of itself: meta elements, JSON-LD, <time>, links.
struct Metadata {
  std::map<std::string, std::string, std::less<>> meta;  ///< name or property, in lower case
  std::string title, heading, time, canonical;
  std::size_t headings = 0;
  std::map<std::string, std::string, std::less<>> article;  ///< of JSON-LD
};

constexpr std::array<std::string_view, 7> kArticleTypes{
    "NewsArticle",        "Article",     "ReportageNewsArticle",
    "OpinionNewsArticle", "BlogPosting", "AnalysisNewsArticle",
    "LiveBlogPosting"};

std::string name_in(const JsonItem& value, std::size_t max_depth) {
  if (value.kind == ValueKind::string) return value.text;
  if (value.kind == ValueKind::array) {
    std::string joined;
    for (const auto& item : array_items(value.text, max_depth)) {
      const auto name = name_in(item, max_depth);
      if (!name.empty()) joined += (joined.empty() ? "" : "، ") + name;
    }
    return joined;
  }
  if (value.kind != ValueKind::object) return {};
  const auto name = find_path(value, "name", max_depth);
  return name && name->kind == ValueKind::string ? name->text : std::string();
}

void read_json_ld(const JsonItem& value, Metadata& into, std::size_t max_depth, int depth = 0) {
  if (depth > 4) return;
  if (value.kind == ValueKind::array) {
    for (const auto& item : array_items(value.text, max_depth)) {
      read_json_ld(item, into, max_depth, depth + 1);
    }
    return;
  }
  if (value.kind != ValueKind::object || !into.article.empty()) return;
  const auto parsed = parse_json_value(value.text, 0, max_depth);
  if (!parsed.value) return;
  bool is_article = false;
  for (const auto& [name, item] : parsed.value->members) {
    if (name == "@graph") read_json_ld(item, into, max_depth, depth + 1);
    if (name != "@type") continue;
    const auto is_one = [](const std::string& type) {
      return std::find(kArticleTypes.begin(), kArticleTypes.end(), type) != kArticleTypes.end();
    };
    const auto types = string_array(item.text, max_depth);
    is_article = item.kind == ValueKind::string
                     ? is_one(item.text)
                     : types && std::any_of(types->begin(), types->end(), is_one);
  }
  if (!is_article) return;
  for (const auto& [name, item] : parsed.value->members) {
    if (auto text = name_in(item, max_depth); !text.empty()) into.article[name] = std::move(text);
  }
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return out;
}

/// A script from its first object or list of objects on: «//<![CDATA[» may stand above.
std::string json_in(std::string script) {
  auto at = script.find('{');
  if (at == script.npos) return script;
  const auto before = script.find_last_not_of(" \t\r\n", at == 0 ? 0 : at - 1);
  if (at > 0 && before != script.npos && script[before] == '[' &&
      !std::string_view(script).substr(0, before).ends_with("CDATA")) {
    at = before;
  }
  return script.substr(at);
}

Metadata read_metadata(const xmlNode* root, std::size_t max_depth) {
  Metadata found;
  for_each_node(root, [&](const xmlNode* node) {
    if (node->type != XML_ELEMENT_NODE) return Walk::on;
    const auto name = element_name(node);
    if (name == "meta") {
      auto key = attribute_of(node, "property");
      if (key.empty()) key = attribute_of(node, "name");
      if (key.empty()) key = attribute_of(node, "itemprop");
      if (!key.empty()) found.meta.try_emplace(lower(key), attribute_of(node, "content"));
    } else if (name == "title" && found.title.empty()) {
      found.title = one_line(raw_text(node));
    } else if (name == "h1") {
      if (found.headings++ == 0) found.heading = one_line(raw_text(node));
    } else if (name == "time" && found.time.empty()) {
      found.time = attribute_of(node, "datetime");
      if (found.time.empty()) found.time = one_line(raw_text(node));
    } else if (name == "link" && attribute_of(node, "rel") == "canonical") {
      found.canonical = attribute_of(node, "href");
    } else if (name == "script" && attribute_of(node, "type") == "application/ld+json") {
      const auto text = json_in(raw_text(node));
      if (const auto parsed = parse_json_value(text, 0, max_depth); parsed.value) {
        read_json_ld({parsed.value->kind, text}, found, max_depth);
      }
    }
    return Walk::on;
  });
  return found;
}

class HtmlReader : public RecordReader {
 public:
  explicit HtmlReader(const TextInput& input) : input_(input) {}

  std::optional<Outcome> next() override {
    if (done_) return std::nullopt;
    done_ = true;
    const auto& options = input_.builder->options();
    const auto whole = whole_text(*input_.bytes, options.max_record_bytes);
    if (!whole.fault.empty()) return Outcome{std::nullopt, 0, {whole.fault}, whole.remedy, {}};
    if (trim(whole.text).empty()) return std::nullopt;
    const bool valid = utf8::is_valid(whole.text);
    const auto page = mended(valid ? std::string_view(whole.text) : utf8::sanitize(whole.text));
    const auto document = parse_page(page);
    const xmlNode* root = document == nullptr ? nullptr : xmlDocGetRootElement(document.get());
    if (root == nullptr)
      return Outcome{std::nullopt, 0, {"libxml2 finds no element in it"}, {}, {}};
    const auto found = read_metadata(root, options.max_depth);
    input_.builder->begin(RecordBuilder::Markup::resolved);
    if (!valid) input_.builder->note("not valid UTF-8: each bad sequence became U+FFFD");
    add_fields(found);
    std::string text;
    if (!options.selector.empty()) {
      text = selected_text(root, Selector(options.selector));
      if (text.empty()) input_.builder->note("no element matches the selector");
    }
    if (text.empty()) {
      const auto body = found.article.find("articleBody");
      text = article_text(
          root, body == found.article.end() ? std::string() : without_markup(body->second));
    }
    add("text", std::move(text));
    return input_.builder->finish(input_.name);
  }

 private:
  void add(std::string_view name, std::string value) {
    if (!value.empty()) input_.builder->add(name, values_.emplace_back(std::move(value)));
  }

  void add_fields(const Metadata& found) {
    const auto meta = [&](std::initializer_list<const char*> names) {
      for (const auto* name : names) {
        const auto at = found.meta.find(name);
        if (at != found.meta.end() && !trim(at->second).empty()) return one_line(at->second);
      }
      return std::string();
    };
    const auto ld = [&](const char* name) {
      const auto at = found.article.find(name);
      return at == found.article.end() ? std::string() : one_line(at->second);
    };
    const auto either = [](std::string a, std::string b) { return a.empty() ? b : a; };
    // <title> often ends with the name of the paper; a single heading that it begins with does not.
    auto title = found.title;
    if (found.headings == 1 && !found.heading.empty() &&
        (title.empty() || title.starts_with(found.heading))) {
      title = found.heading;
    }
    title = either(ld("headline"), either(meta({"og:title", "twitter:title"}), title));
    add("title", either(std::move(title), found.heading));
    add("date", either(ld("datePublished"),
                       either(meta({"article:published_time", "datepublished", "publishdate",
                                    "pubdate", "publish-date", "publish_date", "dc.date",
                                    "dc.date.issued", "dcterms.created", "date", "sailthru.date"}),
                              found.time)));
    add("author", either(ld("author"), meta({"author", "article:author", "dc.creator"})));
    add("source",
        either(ld("publisher"), meta({"og:site_name", "application-name", "dc.publisher"})));
    auto url = either(found.canonical, meta({"og:url"}));
    if (!url.starts_with("http://") && !url.starts_with("https://")) url.clear();
    add("url", std::move(url));
    if (auto kind = either(ld("articleSection"), meta({"article:section"})); !kind.empty()) {
      add("section", std::move(kind));
    }
    const auto keywords = either(ld("keywords"), meta({"news_keywords", "keywords"}));
    if (keywords.empty()) return;
    JsonWriter tags;
    tags.begin_array();
    std::string tag;
    for (std::size_t at = 0; at <= keywords.size(); ++at) {
      const bool arabic_comma = std::string_view(keywords).substr(at, 2) == "،";
      if (at == keywords.size() || keywords[at] == ',' || arabic_comma) {
        if (!trim(tag).empty()) tags.value(trim(tag));
        tag.clear();
        at += arabic_comma ? 1 : 0;
      } else {
        tag += keywords[at];
      }
    }
    input_.builder->add("tags", ValueKind::array, values_.emplace_back(tags.end_array().take()));
  }

  TextInput input_;
  std::deque<std::string> values_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> read_html(const TextInput& input) {
  return std::make_unique<HtmlReader>(input);
}

}  // namespace fihris::reader
