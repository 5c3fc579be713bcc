// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <deque>

#include "base/tsv.h"
#include "reader/clean.h"
#include "reader/elements.h"
#include "reader/formats.h"
#include "reader/json_record.h"

namespace fihris::reader {
namespace {

/// Elements of the TREC and Gigaword collections and the fields they are.
struct Known {
  std::string_view element;
  const char* field;
};
constexpr std::array kKnown{
    Known{"docno", "id"},       Known{"headline", "title"}, Known{"title", "title"},
    Known{"head", "title"},     Known{"hl", "title"},       Known{"ttl", "title"},
    Known{"text", "text"},      Known{"body", "text"},      Known{"date", "date"},
    Known{"date_time", "date"}, Known{"date1", "date"},     Known{"byline", "author"},
    Known{"author", "author"},  Known{"source", "source"},  Known{"url", "url"},
};

/// The day in an id such as AFP_ARB_20030115.0042: so the collection's manual defines it.
std::string day_in_id(std::string_view id) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t at = 0; at + 9 < id.size(); ++at) {
    if (id[at] != '_' && id[at] != '-') continue;
    const auto day = id.substr(at + 1, 8);
    if (std::all_of(day.begin(), day.end(), digit) && (id[at + 9] == '.' || id[at + 9] == '_')) {
      return std::string(day);
    }
  }
  return {};
}

class TrecReader : public RecordReader {
 public:
  explicit TrecReader(const TextInput& input)
      : builder_(input.builder),
        documents_(*input.bytes, {"doc"}, Case::ignored,
                   input.builder->options().max_record_bytes) {}

  std::optional<Outcome> next() override {
    const auto piece = documents_.next();
    if (!piece) {
      if (seen_) return std::nullopt;
      seen_ = true;
      return Outcome{std::nullopt, 0, {"no <DOC> in it"}, {}, {}};
    }
    seen_ = true;
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
  std::string_view hold(std::string value) { return values_.emplace_back(std::move(value)); }

  void read(const RecordSplitter::Piece& piece) {
    // Old collections leave end tags out, so an element that is not closed is no fault.
    const auto elements = child_elements(piece.inner, Case::ignored);
    std::string id = attribute(piece.attributes, "id");
    bool dated = false;
    std::string text;
    std::string title;
    for (const auto& element : elements.found) {
      const auto known = std::find_if(kKnown.begin(), kKnown.end(),
                                      [&](const Known& k) { return k.element == element.name; });
      const auto value = without_markup(character_data(element.inner).text);
      if (known == kKnown.end()) {
        builder_->add(hold(element.name), hold(value));
        continue;
      }
      const std::string_view field = known->field;
      if (field == "id") {
        id = one_line(value);
      } else if (field == "text") {
        text += (text.empty() ? "" : "\n") + value;
      } else if (field == "title") {
        title += (title.empty() ? "" : " ") + one_line(value);
      } else {
        dated = dated || field == "date";
        builder_->add(field, hold(one_line(value)));
      }
    }
    if (text.empty()) {  // text that stands in the document itself, below its elements
      std::size_t after = 0;
      for (const auto& element : elements.found) {
        const auto inner_end =
            element.inner.data() == nullptr
                ? after
                : static_cast<std::size_t>(element.inner.data() + element.inner.size() -
                                           piece.inner.data());
        after = std::min(piece.inner.find('>', inner_end), piece.inner.size() - 1) + 1;
      }
      text = without_markup(character_data(piece.inner.substr(after)).text);
    }
    builder_->add("text", hold(std::move(text)));
    if (!title.empty()) builder_->add("title", hold(std::move(title)));
    if (!dated) {
      if (auto day = day_in_id(id); !day.empty()) builder_->add("date", hold(std::move(day)));
    }
    builder_->add("id", hold(std::move(id)));
    if (auto type = attribute(piece.attributes, "type"); !type.empty()) {
      builder_->add("type", hold(std::move(type)));
    }
  }

  RecordBuilder* builder_;
  RecordSplitter documents_;
  std::deque<std::string> values_;
  bool seen_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> read_trec(const TextInput& input) {
  return std::make_unique<TrecReader>(input);
}

}  // namespace fihris::reader
