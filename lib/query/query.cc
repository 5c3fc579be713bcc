// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/query.h"

#include <algorithm>

#include "base/utf8.h"
#include "fihris/error.h"
#include "query/ast_json.h"
#include "query/parser.h"
#include "query/query_impl.h"
#include "query/resolve.h"

namespace fihris {
namespace {

std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// The query with a caret under the first letter of the fault and a line under the others: the hint
/// of a strict error.
std::string with_caret(std::string_view text, const QueryWarning& warning) {
  std::string line(text);
  std::ranges::replace_if(
      line, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  const auto begin = std::min(warning.begin, text.size());
  const auto end = std::clamp(warning.end, begin, text.size());
  const auto width = std::max<std::size_t>(letters(text.substr(begin, end - begin)), 1);
  return line + "\n" + std::string(letters(text.substr(0, begin)), ' ') + "^" +
         std::string(width - 1, '~');
}

/// What is wrong, without what would be done about it if the query were not strict, and the part
/// that is meant.
std::string strict_message(std::string_view text, const QueryWarning& warning) {
  constexpr std::size_t kShown = 80;
  auto message = "query, byte " + std::to_string(warning.begin) + ": " +
                 warning.message.substr(0, warning.message.find(';'));
  if (warning.begin < warning.end && warning.end <= text.size()) {
    const auto part = text.substr(warning.begin, warning.end - warning.begin);
    const auto shown = utf8::floor_boundary(part, std::min(kShown, part.size()));
    message += ": " + std::string(part.substr(0, shown)) + (shown < part.size() ? "…" : "");
  }
  return message;
}

std::shared_ptr<const Query::Impl> finish(std::string text, query::ParseResult parsed,
                                          const Authority& authority, const QueryOptions& options) {
  auto resolved = query::resolve(std::move(parsed), authority, options);
  if (options.strict && !resolved.warnings.empty()) {
    const auto& first = resolved.warnings.front();
    throw Error(ErrorCode::bad_query, strict_message(text, first), with_caret(text, first));
  }
  if (auto& all = resolved.warnings; all.size() > query::limit::kWarnings) {
    const auto more = all.size() - query::limit::kWarnings;
    all.resize(query::limit::kWarnings);
    all.push_back({all.back().end, std::max(text.size(), all.back().end),
                   std::to_string(more) + " further warnings are left out"});
  }
  auto impl = std::make_shared<Query::Impl>();
  impl->text = std::move(text);
  impl->root = std::move(resolved.root);
  impl->warnings = std::move(resolved.warnings);
  impl->options = options;
  return impl;
}

}  // namespace

Query::Query(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Query::Query(const Query&) = default;
Query::Query(Query&&) noexcept = default;
Query& Query::operator=(const Query&) = default;
Query& Query::operator=(Query&&) noexcept = default;
Query::~Query() = default;

Query Query::parse(std::string_view text, const Authority& authority, const QueryOptions& options) {
  const query::SavedQueries saved = [&](std::string_view name) -> std::optional<std::string> {
    for (const auto& [known, saved_text] : options.saved) {
      if (known == name) return saved_text;
    }
    return std::nullopt;
  };
  auto parsed = options.plain ? query::parse_plain(text) : query::parse(text, saved);
  return Query(finish(std::string(text), std::move(parsed), authority, options));
}

Query Query::from_json(std::string_view json, const Authority& authority,
                       const QueryOptions& options) {
  return Query(finish({}, {query::from_json(json), {}}, authority, options));
}

const std::vector<QueryWarning>& Query::warnings() const noexcept { return impl_->warnings; }
std::string Query::json() const { return query::to_json(impl_->root); }
bool Query::empty() const noexcept { return impl_->root.kind == query::Kind::none; }

}  // namespace fihris
