// SPDX-License-Identifier: GPL-2.0-or-later
// The C interface to what needs no index: authority, analyzer, dates, tagger.
#include "base/json_writer.h"
#include "capi/handles.h"
#include "capi/status.h"
#include "fihris/error.h"
#include "fihris/json.h"

using fihris::Authority;
using fihris::Facet;
using fihris::capi::array_of;
using fihris::capi::day;
using fihris::capi::guarded;
using fihris::capi::need;
using fihris::capi::own;
using fihris::capi::strings;
using fihris::capi::view;

namespace {

Facet facet_of(fihris_facet facet) {
  if (facet == FIHRIS_FACTION) return Facet::faction;
  if (facet == FIHRIS_REGION) return Facet::region;
  throw fihris::Error(fihris::ErrorCode::invalid_argument,
                      "facet " + std::to_string(facet) + ": wanted a faction (0) or a region (1)");
}

std::string entities_json(const std::vector<fihris::Entity>& entities, const Authority& authority) {
  return array_of(entities,
                  [&](const auto& entity) { return fihris::entity_json(entity, authority); });
}

std::string ids_json(const std::vector<std::string>& ids) {
  return array_of(ids, [](const auto& id) { return fihris::json_quote(id); });
}

}  // namespace

fihris_status fihris_authority_builtin(fihris_authority** authority, fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(authority, "authority");
    out = new fihris_authority{Authority::builtin()};
  });
}

fihris_status fihris_authority_load(const fihris_view* files, size_t count, int32_t with_builtin,
                                    fihris_authority** authority, fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(authority, "authority");
    out = new fihris_authority{Authority::load(strings(files, count), with_builtin != 0)};
  });
}

void fihris_authority_free(fihris_authority* authority) { delete authority; }

fihris_status fihris_authority_size(const fihris_authority* authority, fihris_facet facet,
                                    uint64_t* size, fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(size, "size");
    out = need(authority, "authority").value.size(facet_of(facet));
  });
}

fihris_status fihris_authority_version(const fihris_authority* authority, fihris_string* version,
                                       fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(version, "version");
    out = own(need(authority, "authority").value.version());
  });
}

fihris_status fihris_authority_find(const fihris_authority* authority, fihris_facet facet,
                                    const char* id, size_t id_size, fihris_string* entity,
                                    fihris_error* error) {
  return guarded(error, [&] {
    const auto& all = need(authority, "authority").value;
    const auto found = all.find(facet_of(facet), view(id, id_size));
    auto& out = need(entity, "entity");
    out = found ? own(entity_json(*found, all)) : fihris_string{nullptr, 0};
  });
}

fihris_status fihris_authority_find_by_name(const fihris_authority* authority, fihris_facet facet,
                                            const char* name, size_t name_size,
                                            fihris_string* entities, fihris_error* error) {
  return guarded(error, [&] {
    const auto& all = need(authority, "authority").value;
    auto& out = need(entities, "entities");
    out = own(entities_json(all.find_by_name(facet_of(facet), view(name, name_size)), all));
  });
}

fihris_status fihris_authority_resolve(const fihris_authority* authority, fihris_facet facet,
                                       const char* typed, size_t typed_size,
                                       fihris_string* entities, fihris_error* error) {
  return guarded(error, [&] {
    const auto& all = need(authority, "authority").value;
    auto& out = need(entities, "entities");
    out = own(entities_json(all.resolve(facet_of(facet), view(typed, typed_size)), all));
  });
}

fihris_status fihris_authority_ancestors(const fihris_authority* authority, fihris_facet facet,
                                         const char* id, size_t id_size, fihris_string* ids,
                                         fihris_error* error) {
  return guarded(error, [&] {
    const auto& all = need(authority, "authority").value;
    auto& out = need(ids, "ids");
    out = own(ids_json(all.ancestors(facet_of(facet), view(id, id_size))));
  });
}

fihris_status fihris_authority_children(const fihris_authority* authority, fihris_facet facet,
                                        const char* id, size_t id_size, fihris_string* ids,
                                        fihris_error* error) {
  return guarded(error, [&] {
    const auto& all = need(authority, "authority").value;
    auto& out = need(ids, "ids");
    out = own(ids_json(all.children(facet_of(facet), view(id, id_size))));
  });
}

fihris_status fihris_authority_check(const fihris_view* files, size_t count, fihris_string* faults,
                                     fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(faults, "faults");
    out = own(array_of(Authority::check(strings(files, count)), fihris::authority_fault_json));
  });
}

fihris_status fihris_analyzer_new(fihris_analyzer** analyzer, fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(analyzer, "analyzer");
    out = new fihris_analyzer;
  });
}

void fihris_analyzer_free(fihris_analyzer* analyzer) { delete analyzer; }

fihris_status fihris_analyzer_analyze(fihris_analyzer* analyzer, const char* text, size_t text_size,
                                      int32_t explain, fihris_string* tokens, fihris_error* error) {
  return guarded(error, [&] {
    auto& handle = need(analyzer, "analyzer").value;
    const auto whole = view(text, text_size);
    auto& out = need(tokens, "tokens");
    out = own(array_of(handle.analyze(whole), [&](const fihris::Token& token) {
      const auto surface = whole.substr(token.begin, token.end - token.begin);
      return token_json(token, whole,
                        explain != 0 ? handle.explain(surface) : std::vector<fihris::Reading>{});
    }));
  });
}

fihris_status fihris_analyzer_stem(fihris_analyzer* analyzer, const char* word, size_t word_size,
                                   fihris_string* stem, fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(stem, "stem");
    out = own(need(analyzer, "analyzer").value.stem(view(word, word_size)));
  });
}

fihris_status fihris_analyzer_explain(fihris_analyzer* analyzer, const char* word, size_t word_size,
                                      fihris_string* readings, fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(readings, "readings");
    out = own(array_of(need(analyzer, "analyzer").value.explain(view(word, word_size)),
                       fihris::reading_json));
  });
}

fihris_status fihris_fold(const char* text, size_t text_size, fihris_string* folded,
                          fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(folded, "folded");
    out = own(fihris::Analyzer::fold(view(text, text_size)));
  });
}

fihris_status fihris_dates_new(fihris_dates** dates, fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(dates, "dates");
    out = new fihris_dates;
  });
}

void fihris_dates_free(fihris_dates* dates) { delete dates; }

fihris_status fihris_dates_read(fihris_dates* dates, const char* text, size_t text_size,
                                const char* published, size_t published_size,
                                fihris_string* mentions, fihris_error* error) {
  return guarded(error, [&] {
    const auto whole = view(text, text_size);
    const auto found =
        need(dates, "dates").value.read(whole, day(view(published, published_size), "published"));
    auto& out = need(mentions, "mentions");
    out = own(array_of(found, [&](const auto& mention) { return date_json(mention, whole); }));
  });
}

fihris_status fihris_dates_parse(fihris_dates* dates, const char* text, size_t text_size,
                                 const char* today, size_t today_size, fihris_string* range,
                                 fihris_error* error) {
  return guarded(error, [&] {
    const auto found =
        need(dates, "dates")
            .value.parse(view(text, text_size), day(view(today, today_size), "today"));
    if (!found) {
      auto& out = need(range, "range");
      out = {nullptr, 0};
      return;
    }
    fihris::JsonWriter json;
    json.begin_object().field("first", to_iso(found->first)).field("last", to_iso(found->last));
    auto& out = need(range, "range");
    out = own(json.end_object().str());
  });
}

fihris_status fihris_tagger_new(const fihris_authority* authority, fihris_tagger** tagger,
                                fihris_error* error) {
  return guarded(error, [&] {
    const auto& all = need(authority, "authority").value;
    auto& out = need(tagger, "tagger");
    out = new fihris_tagger{all, fihris::Tagger(all)};
  });
}

void fihris_tagger_free(fihris_tagger* tagger) { delete tagger; }

fihris_status fihris_tagger_tag(fihris_tagger* tagger, const char* article, size_t article_size,
                                int32_t explain, fihris_string* tags, fihris_error* error) {
  return guarded(error, [&] {
    auto& handle = need(tagger, "tagger");
    const auto read = fihris::parse_article(view(article, article_size));
    auto& out = need(tags, "tags");
    out = own(tags_json(read.id, handle.value.tag(read.title, read.text, read.date),
                        handle.authority, explain != 0));
  });
}
