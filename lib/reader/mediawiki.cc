// SPDX-License-Identifier: GPL-2.0-or-later
#include <deque>

#include "base/tsv.h"
#include "reader/clean.h"
#include "reader/elements.h"
#include "reader/formats.h"
#include "reader/json_record.h"
#include "reader/wikitext.h"

namespace fihris::reader {
namespace {

/// {{date|2015-07-29}} and {{تاريخ|29 يوليو 2015}}: where news wikis say when a page was published.
std::string date_template(std::string_view wikitext) {
  for (const std::string_view name : {"{{date|", "{{Date|", "{{تاريخ|"}) {
    const auto at = wikitext.find(name);
    if (at == wikitext.npos) continue;
    const auto value = wikitext.substr(at + name.size(), 100);
    const auto end = value.find("}}");
    if (end != value.npos) return one_line(value.substr(0, end));
  }
  return {};
}

class MediaWikiReader : public RecordReader {
 public:
  explicit MediaWikiReader(const TextInput& input)
      : builder_(input.builder),
        pages_(*input.bytes, {"page"}, Case::matters, input.builder->options().max_record_bytes) {}

  std::optional<Outcome> next() override {
    for (;;) {
      const auto piece = pages_.next();
      if (!piece) return last();
      if (seen_++ == 0) source_ = site_name();
      if (!piece->fault.empty()) {
        return Outcome{
            std::nullopt, piece->line, {piece->fault}, piece->remedy, kept_raw(piece->inner)};
      }
      const auto page = child_elements(piece->inner, Case::matters);
      const auto value = [](const Elements& from, std::string_view name) {
        const auto* found = find_element(from, name);
        return found == nullptr ? std::string() : character_data(found->inner).text;
      };
      const auto space = one_line(value(page, "ns"));
      if ((!space.empty() && space != "0") || find_element(page, "redirect") != nullptr) {
        ++passed_over_;
        continue;
      }
      const auto* revision = find_element(page, "revision");
      const auto parts =
          revision == nullptr ? Elements{} : child_elements(revision->inner, Case::matters);
      const auto wikitext = value(parts, "text");
      const auto* contributor = find_element(parts, "contributor");
      builder_->begin(RecordBuilder::Markup::resolved);
      values_.clear();
      add("id", value(page, "id"));
      add("title", value(page, "title"));
      add("source", source_);
      auto date = date_template(wikitext);
      if (date.empty()) date = value(parts, "timestamp");
      add("date", std::move(date));
      if (contributor != nullptr) {
        add("author", value(child_elements(contributor->inner, Case::matters), "username"));
      }
      add("text", without_wikitext(wikitext));
      auto outcome = builder_->finish();
      outcome.line = piece->line;
      if (!outcome.faults.empty()) outcome.raw = kept_raw(piece->inner);
      return outcome;
    }
  }

 private:
  void add(std::string_view name, std::string value) {
    builder_->add(name, values_.emplace_back(std::move(value)));
  }

  std::optional<Outcome> last() {
    if (passed_over_ > 0) {
      auto why = std::to_string(passed_over_) +
                 " pages that are no articles (redirects, other name spaces)";
      passed_over_ = 0;
      return Outcome{std::nullopt, 0, {std::move(why)}, {}, {}};
    }
    if (seen_++ > 0) return std::nullopt;
    return Outcome{std::nullopt, 0, {"no <page> in it"}, {}, {}};
  }

  std::string site_name() const {
    const std::string_view head = pages_.head();
    const auto at = head.find("<sitename");
    if (at == head.npos) return {};
    const auto elements = child_elements(head.substr(at), Case::matters);
    const auto* found = find_element(elements, "sitename");
    return found == nullptr ? std::string() : one_line(character_data(found->inner).text);
  }

  RecordBuilder* builder_;
  RecordSplitter pages_;
  std::deque<std::string> values_;
  std::string source_;
  std::uint64_t seen_ = 0;
  std::uint64_t passed_over_ = 0;
};

}  // namespace

std::unique_ptr<RecordReader> read_mediawiki(const TextInput& input) {
  return std::make_unique<MediaWikiReader>(input);
}

}  // namespace fihris::reader
