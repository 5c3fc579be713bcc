// SPDX-License-Identifier: GPL-2.0-or-later
#include <deque>

#include "base/json_writer.h"
#include "base/tsv.h"
#include "reader/clean.h"
#include "reader/elements.h"
#include "reader/formats.h"
#include "reader/json_record.h"

namespace fihris::reader {
namespace {

class FeedReader : public RecordReader {
 public:
  explicit FeedReader(const TextInput& input)
      : builder_(input.builder),
        items_(*input.bytes, {"item", "entry"}, Case::matters,
               input.builder->options().max_record_bytes) {}

  std::optional<Outcome> next() override {
    const auto piece = items_.next();
    if (!piece) {
      if (seen_++ > 0 || is_feed(items_.head())) return std::nullopt;
      return Outcome{std::nullopt, 0, {"no feed: it holds neither items nor entries"}, {}, {}};
    }
    if (seen_++ == 0) read_head();
    if (!piece->fault.empty()) {
      return Outcome{
          std::nullopt, piece->line, {piece->fault}, piece->remedy, kept_raw(piece->inner)};
    }
    builder_->begin(RecordBuilder::Markup::resolved);
    values_.clear();
    read(*piece);
    auto outcome = builder_->finish();
    outcome.line = piece->line;
    if (!outcome.faults.empty()) outcome.raw = kept_raw(piece->inner);
    return outcome;
  }

 private:
  static bool is_feed(const std::string& head) {
    return head.find("<rss") != head.npos || head.find("<feed") != head.npos ||
           head.find("RDF") != head.npos;
  }

  void read_head() {
    // The channel is not closed before its first item, so the elements are looked for by hand.
    const std::string_view head = items_.head();
    const auto title = head.find("<title");
    if (title == head.npos) return;
    const auto elements = child_elements(head.substr(title), Case::matters);
    if (const auto* found = find_element(elements, "title")) {
      source_ = one_line(without_markup(character_data(found->inner).text));
    }
  }

  /// Keeps a value alive until the record is finished.
  std::string_view hold(std::string value) { return values_.emplace_back(std::move(value)); }

  void read(const RecordSplitter::Piece& piece) {
    const auto elements = child_elements(piece.inner, Case::matters);
    if (elements.broken) builder_->note("an element is not closed: what follows it was not read");
    std::string entity;
    const auto text_of = [&](const Element& element) {
      auto data = character_data(element.inner);
      if (entity.empty()) entity = data.unknown;
      return std::move(data.text);
    };
    const auto first = [&](std::initializer_list<const char*> names) -> const Element* {
      for (const auto* name : names) {
        const auto* found = find_element(elements, name);
        if (found != nullptr && !trim(found->inner).empty()) return found;
      }
      return nullptr;
    };
    const auto line = [&](const char* field, const Element* element) {
      if (element != nullptr)
        builder_->add(field, hold(one_line(without_markup(text_of(*element)))));
    };
    line("title", first({"title"}));
    line("id", first({"guid", "id"}));
    line("date", first({"pubDate", "published", "date", "issued", "updated", "modified"}));
    const auto* body = first({"encoded", "content", "description", "summary"});
    if (body != nullptr) builder_->add("text", hold(without_markup(text_of(*body))));
    const auto* summary = first({"description", "summary"});
    if (summary != nullptr && summary != body) {
      builder_->add("summary", hold(without_markup(text_of(*summary))));
    }
    if (const auto* author = first({"creator", "author"})) {
      const auto parts = child_elements(author->inner, Case::matters);
      const auto* name = find_element(parts, "name");
      line("author", name != nullptr ? name : author);
    }
    std::string link;
    JsonWriter tags;
    bool any_tag = false;
    tags.begin_array();
    for (const auto& element : elements.found) {
      if (element.name == "link") {
        const auto relation = attribute(element.attributes, "rel");
        auto target = attribute(element.attributes, "href");
        if (target.empty()) target = one_line(text_of(element));
        if (link.empty() || relation == "alternate") link = std::move(target);
      } else if (element.name == "category" || element.name == "subject") {
        auto tag = one_line(without_markup(text_of(element)));
        if (tag.empty()) tag = one_line(attribute(element.attributes, "term"));
        if (!tag.empty()) tags.value(tag);
        any_tag = any_tag || !tag.empty();
      }
    }
    tags.end_array();
    builder_->add("url", hold(std::move(link)));
    if (any_tag) builder_->add("tags", ValueKind::array, hold(tags.take()));
    const auto* source = first({"source"});
    const auto parts =
        source == nullptr ? Elements{} : child_elements(source->inner, Case::matters);
    const auto* title = find_element(parts, "title");
    if (title != nullptr) source = title;
    if (source != nullptr) {
      line("source", source);
    } else {
      builder_->add("source", source_);
    }
    if (!entity.empty()) {
      builder_->note("the entity " + entity + " is not expanded: it was left out");
    }
  }

  RecordBuilder* builder_;
  RecordSplitter items_;
  std::deque<std::string> values_;
  std::string source_;
  std::uint64_t seen_ = 0;
};

}  // namespace

std::unique_ptr<RecordReader> read_feed(const TextInput& input) {
  return std::make_unique<FeedReader>(input);
}

}  // namespace fihris::reader
