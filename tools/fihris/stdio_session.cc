// SPDX-License-Identifier: GPL-2.0-or-later
#include "stdio_session.h"

#include <istream>
#include <map>
#include <optional>
#include <ostream>

#include "base/json_reader.h"
#include "base/json_writer.h"
#include "fihris/error.h"
#include "fihris/json.h"
#include "fihris/version.h"
#include "options.h"

namespace fihris::cli {
namespace {

/// A line longer than this is refused without being read as JSON.
constexpr std::size_t kLongestLine = std::size_t{64} << 20;

[[noreturn]] void refuse(const std::string& message, std::string hint = {}) {
  throw Error(ErrorCode::invalid_argument, message, std::move(hint));
}

/// The parameters of a request: some are taken by name, what is left is the request of the library.
class Params {
 public:
  Params(std::string_view line, const JsonValue* object) : line_(line), object_(object) {
    if (object_ != nullptr && object_->kind == JsonValue::Kind::null) object_ = nullptr;
    if (object_ != nullptr && object_->kind != JsonValue::Kind::object)
      refuse("params: wanted an object");
  }

  const JsonValue* find(std::string_view name) const {
    const auto* value = object_ == nullptr ? nullptr : object_->find(name);
    return value == nullptr || value->kind == JsonValue::Kind::null ? nullptr : value;
  }
  /// Refuses what is not among `names`, which are parted by blanks; "*" allows all.
  void allow(std::string_view names) const {
    if (object_ == nullptr || names == "*") return;
    const auto listed = " " + std::string(names) + " ";
    for (const auto& [name, value] : object_->members) {
      if (name.find(' ') == std::string::npos && listed.find(" " + name + " ") != std::string::npos)
        continue;
      refuse("params: \"" + name + "\" is not known",
             names.empty() ? "this method takes none" : "known are " + std::string(names));
    }
  }
  std::string text(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) return {};
    if (value->kind != JsonValue::Kind::string)
      refuse("params: \"" + std::string(name) + "\": wanted a string");
    return value->string;
  }
  std::string needed_text(std::string_view name) const {
    if (find(name) == nullptr) refuse("params: \"" + std::string(name) + "\" is missing");
    return text(name);
  }
  bool truth(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) return false;
    if (value->kind != JsonValue::Kind::boolean)
      refuse("params: \"" + std::string(name) + "\": wanted true or false");
    return value->truth;
  }
  /// The text of a member as it stood.
  std::string_view raw(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) refuse("params: \"" + std::string(name) + "\" is missing");
    return line_.substr(value->at, value->end - value->at);
  }
  std::optional<Date> day(std::string_view name) const {
    const auto given = text(name);
    if (given.empty()) return std::nullopt;
    const auto date = given == "today" ? std::optional(today()) : parse_iso_date(given);
    if (!date) refuse("params: \"" + std::string(name) + "\": wanted a day YYYY-MM-DD");
    return date;
  }
  /// All members but those named, as an object. \param with_today  the day it is, if none is given
  std::string others(std::initializer_list<std::string_view> but, bool with_today = false) const {
    JsonWriter json;
    json.begin_object();
    if (with_today && find("today") == nullptr) json.field("today", to_iso(cli::today()));
    if (object_ != nullptr) {
      for (const auto& [name, value] : object_->members) {
        if (std::find(but.begin(), but.end(), name) != but.end()) continue;
        json.key(name).raw(line_.substr(value.at, value.end - value.at));
      }
    }
    return json.end_object().take();
  }

 private:
  std::string_view line_;
  const JsonValue* object_;
};

template <class List, class ToJson>
std::string array_of(const List& list, ToJson&& to_json) {
  JsonWriter json;
  json.begin_array();
  for (const auto& each : list) json.raw(to_json(each));
  return json.end_array().take();
}

class Session {
 public:
  Session(const Authority& authority, const StdioOptions& options)
      : authority_(authority), options_(options) {}

  /// The answer to one line, without a line end.
  std::string answer(std::string_view line) {
    std::string id = "null";
    JsonWriter json;
    json.begin_object().key("id");
    try {
      if (line.size() > kLongestLine) throw Error(ErrorCode::limit, "a request of over 64 MiB");
      const auto request = parse_json(line);
      if (request.kind != JsonValue::Kind::object) refuse("a request is a JSON object");
      if (const auto* given = request.find("id"); given != nullptr) {
        if (given->kind == JsonValue::Kind::array || given->kind == JsonValue::Kind::object)
          refuse("\"id\": wanted a number or a string");
        id = line.substr(given->at, given->end - given->at);
      }
      const auto* method = request.find("method");
      if (method == nullptr || method->kind != JsonValue::Kind::string)
        refuse("\"method\" is missing");
      const auto result = run(method->string, Params(line, request.find("params")));
      json.raw(id).key("result").raw(result);
    } catch (const Error& error) {
      json.raw(id);
      write_error(json, error);
    } catch (const std::exception& error) {
      json.raw(id);
      write_error(json, Error(ErrorCode::internal, error.what()));
    }
    return json.end_object().take();
  }

 private:
  using Method = std::string (Session::*)(const Params&);

  static void write_error(JsonWriter& json, const Error& error) {
    json.key("error").begin_object().field("code", error_name(error.code()));
    json.field("status", static_cast<int>(error.code())).field("message", error.what());
    json.field("hint", error.hint()).end_object();
  }

  std::string run(const std::string& name, const Params& params) {
    /// A method and its parameters; "*" is a request, which the library checks.
    struct Row {
      Method run;
      const char* params;
    };
    static const std::map<std::string, Row> kMethods{
        {"add", {&Session::add, "article"}},
        {"analyze", {&Session::analyze, "text explain"}},
        {"article", {&Session::article, "id"}},
        {"children", {&Session::children, "facet id"}},
        {"commit", {&Session::commit, ""}},
        {"cooccur", {&Session::cooccur, "*"}},
        {"cross", {&Session::cross, "*"}},
        {"dates", {&Session::dates, "text published"}},
        {"entity", {&Session::entity, "facet id"}},
        {"explain", {&Session::explain, "*"}},
        {"facets", {&Session::facets, "*"}},
        {"find_by_name", {&Session::find_by_name, "facet name"}},
        {"fold", {&Session::fold, "text"}},
        {"parse_date", {&Session::parse_date, "text today"}},
        {"places", {&Session::places, "*"}},
        {"remove", {&Session::remove, "id"}},
        {"reopen", {&Session::reopen, ""}},
        {"resolve", {&Session::resolve, "facet name"}},
        {"search", {&Session::search, "*"}},
        {"similar", {&Session::similar, "*"}},
        {"stats", {&Session::stats, ""}},
        {"stem", {&Session::stem, "word"}},
        {"tag", {&Session::tag, "article explain"}},
        {"version", {&Session::version, ""}},
        {"watch", {&Session::watch, "*"}}};
    const auto method = kMethods.find(name);
    if (method == kMethods.end()) {
      std::string known;
      for (const auto& each : kMethods) known += (known.empty() ? "" : ", ") + each.first;
      refuse("no method \"" + name + "\"", "known are " + known);
    }
    params.allow(method->second.params);
    return (this->*method->second.run)(params);
  }

  Searcher& searcher() {
    if (options_.indexes.empty())
      refuse("there is no index to ask", "start with --db DIR or FIHRIS_INDEX");
    if (!searcher_) searcher_.emplace(options_.indexes, authority_);
    return *searcher_;
  }
  Indexer& indexer() {
    if (!options_.write) refuse("writing was not allowed", "start with --write");
    if (options_.indexes.size() != 1) refuse("writing needs exactly one --db DIR");
    if (!indexer_) indexer_.emplace(options_.indexes.front(), authority_);
    return *indexer_;
  }

  using Ask = std::string (*)(Searcher&, std::string_view, std::string_view);
  /// `query` is a text; `tree`, if it is an object, stands in its place.
  std::string ask(Ask how, const Params& params) {
    const auto* tree = params.find("tree");
    if (tree != nullptr && tree->kind == JsonValue::Kind::object) {
      auto request = params.others({"query", "tree"}, true);
      request.insert(request.size() - 1, ",\"tree\":true");
      return how(searcher(), params.raw("tree"), request);
    }
    return how(searcher(), params.text("query"), params.others({"query"}, true));
  }
  std::string search(const Params& params) { return ask(search_json, params); }
  std::string facets(const Params& params) { return ask(facets_json, params); }
  std::string cross(const Params& params) { return ask(cross_json, params); }
  std::string cooccur(const Params& params) { return ask(cooccur_json, params); }
  std::string places(const Params& params) { return ask(places_json, params); }
  std::string explain(const Params& params) { return ask(explain_json, params); }
  std::string similar(const Params& params) {
    return similar_json(searcher(), params.needed_text("id"), params.others({"id"}));
  }
  std::string watch(const Params& params) {
    return watch_json(searcher(), params.text("query"), params.text("state"),
                      params.others({"query", "state"}, true));
  }
  std::string article(const Params& params) {
    const auto found = searcher().article(params.needed_text("id"));
    return found ? article_json(*found) : "null";
  }
  std::string reopen(const Params&) {
    return JsonWriter().begin_object().field("changed", searcher().reopen()).end_object().take();
  }
  std::string stats(const Params&) {
    if (indexer_) return stats_json(indexer_->stats());
    if (options_.indexes.size() != 1) refuse("figures are those of one index: one --db DIR");
    return stats_json(index_stats(options_.indexes.front()));
  }

  std::string add(const Params& params) {
    auto added = parse_article(params.raw("article"));
    if (added.id.empty()) added.id = article_id(added);
    const auto id = json_quote(added.id);
    indexer().add(std::move(added));
    return JsonWriter().begin_object().key("id").raw(id).end_object().take();
  }
  std::string remove(const Params& params) {
    const bool removed = indexer().remove(params.needed_text("id"));
    return JsonWriter().begin_object().field("removed", removed).end_object().take();
  }
  std::string commit(const Params&) {
    indexer().commit();
    if (searcher_) searcher_->reopen();
    return stats_json(indexer().stats());
  }

  std::string tag(const Params& params) {
    if (!tagger_) tagger_.emplace(authority_);
    const auto read = parse_article(params.raw("article"));
    return tags_json(read.id, tagger_->tag(read.title, read.text, read.date), authority_,
                     params.truth("explain"));
  }
  std::string dates(const Params& params) {
    const auto text = params.needed_text("text");
    return array_of(dates_.read(text, params.day("published")),
                    [&](const DateMention& mention) { return date_json(mention, text); });
  }
  std::string parse_date(const Params& params) {
    const auto range = dates_.parse(params.needed_text("text"), params.day("today"));
    if (!range) return "null";
    JsonWriter json;
    json.begin_object().field("first", to_iso(range->first)).field("last", to_iso(range->last));
    return json.end_object().take();
  }
  std::string analyze(const Params& params) {
    const auto text = params.needed_text("text");
    const bool all = params.truth("explain");
    return array_of(analyzer_.analyze(text), [&](const Token& token) {
      const auto word = std::string_view(text).substr(token.begin, token.end - token.begin);
      return token_json(token, text, all ? analyzer_.explain(word) : std::vector<Reading>{});
    });
  }
  std::string stem(const Params& params) {
    return json_quote(analyzer_.stem(params.needed_text("word")));
  }
  std::string fold(const Params& params) {
    return json_quote(Analyzer::fold(params.needed_text("text")));
  }
  static Facet facet(const Params& params) {
    const auto name = params.needed_text("facet");
    if (name != "faction" && name != "region") refuse("\"facet\": wanted faction or region");
    return name == "faction" ? Facet::faction : Facet::region;
  }
  std::string entity(const Params& params) {
    const auto found = authority_.find(facet(params), params.needed_text("id"));
    return found ? entity_json(*found, authority_) : "null";
  }
  std::string children(const Params& params) {
    return array_of(authority_.children(facet(params), params.needed_text("id")), json_quote);
  }
  std::string find_by_name(const Params& params) {
    return array_of(authority_.find_by_name(facet(params), params.needed_text("name")),
                    [&](const Entity& each) { return entity_json(each, authority_); });
  }
  std::string resolve(const Params& params) {
    return array_of(authority_.resolve(facet(params), params.needed_text("name")),
                    [&](const Entity& each) { return entity_json(each, authority_); });
  }
  std::string version(const Params&) {
    JsonWriter json;
    json.begin_object().field("version", FIHRIS_VERSION_STRING).field("format", kJsonFormat);
    json.field("analyzer", Analyzer::version()).field("authority", authority_.version());
    return json.end_object().take();
  }

  const Authority& authority_;
  const StdioOptions& options_;
  std::optional<Searcher> searcher_;
  std::optional<Indexer> indexer_;
  std::optional<Tagger> tagger_;
  Analyzer analyzer_;
  DateReader dates_;
};

}  // namespace

void serve_stdio(std::istream& in, std::ostream& out, const Authority& authority,
                 const StdioOptions& options) {
  Session session(authority, options);
  for (std::string line; std::getline(in, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    out << session.answer(line) << '\n' << std::flush;
    if (!out) return;
  }
}

}  // namespace fihris::cli
