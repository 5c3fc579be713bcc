// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/authority.h"

#include <algorithm>
#include <set>

#include "authority/authority_impl.h"
#include "authority/load.h"
#include "authority/names.h"
#include "base/file.h"
#include "fihris/error.h"

namespace fihris {

namespace authority {
/// The image that is linked into the library (builtin_image.cc).
std::string_view builtin_image();
}  // namespace authority

using authority::kNone;

namespace {

/// Best known first: a country, then by population, then the shorter id.
void sort_by_fame(std::vector<Entity>& entities) {
  std::stable_sort(entities.begin(), entities.end(), [](const Entity& a, const Entity& b) {
    const auto depth = [](const Entity& e) { return std::count(e.id.begin(), e.id.end(), '/'); };
    const bool country_a = a.kind == "country";
    const bool country_b = b.kind == "country";
    if (country_a != country_b) return country_a;
    if (a.population != b.population) return a.population > b.population;
    return depth(a) < depth(b);
  });
}

/// True if `word` is a whole word of `text`: parted by what is no ASCII letter or digit. Case is
/// folded.
bool has_word(std::string_view text, std::string_view word) {
  const auto letter = [](char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  };
  const auto equal = [](char a, char b) { return a == b || (a ^ b) == 0x20; };
  for (std::size_t at = 0; at + word.size() <= text.size(); ++at) {
    if (at > 0 && letter(text[at - 1])) continue;
    if (at + word.size() < text.size() && letter(text[at + word.size()])) continue;
    if (std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                   equal)) {
      return true;
    }
  }
  return false;
}

/// Factions with the Latin word `typed` in their id or English name: what «nusra» or «regime» is
/// short for.
std::vector<Entity> factions_with_word(const authority::Image& image, std::string_view typed) {
  constexpr std::size_t kLetters = 4;
  std::vector<Entity> found;
  const bool latin = std::all_of(typed.begin(), typed.end(),
                                 [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
  if (typed.size() < kLetters || !latin) return found;
  for (std::uint32_t i = 0; i < image.entities().size(); ++i) {
    if (image.facet(i) != Facet::faction) continue;
    auto entity = image.decode(i);
    if (has_word(entity.id, typed) || has_word(entity.en, typed))
      found.push_back(std::move(entity));
  }
  return found;
}

}  // namespace

Authority::Authority(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Authority::Authority(const Authority&) = default;
Authority::Authority(Authority&&) noexcept = default;
Authority& Authority::operator=(const Authority&) = default;
Authority& Authority::operator=(Authority&&) noexcept = default;
Authority::~Authority() = default;

Authority Authority::builtin() {
  static const auto kImpl = std::make_shared<const Impl>(authority::builtin_image());
  return Authority(kImpl);
}

Authority Authority::load(const std::vector<std::string>& files, bool with_builtin) {
  if (files.empty() && with_builtin) return builtin();
  const auto* below = with_builtin ? &builtin().impl().image : nullptr;
  authority::EntitySet set;
  for (const auto& file : files) authority::overlay(set, read_file(file), file, nullptr, below);
  const auto defined = [&](Facet facet, const std::string& id) {
    const std::pair key{facet, id};
    if (set.entries.contains(key)) return true;
    return below != nullptr && !set.removed.contains(key) && below->find(facet, id) != kNone;
  };
  for (const auto& [key, entry] : set.entries) {
    const auto& parent = entry.entity.parent;
    if (!parent.empty() && !defined(key.first, parent)) {
      throw Error(ErrorCode::bad_format,
                  entry.file + ":" + std::to_string(entry.line) + ": parent \"" + parent +
                      "\" of \"" + key.second + "\" is not defined",
                  "add a row for the parent, or mend the id");
    }
  }
  auto image = below == nullptr ? authority::build_image(set.entities())
                                : authority::build_image_over(*below, set.entities(), set.removed);
  return Authority(std::make_shared<const Impl>(std::move(image)));
}

std::vector<AuthorityFault> Authority::check(const std::vector<std::string>& files) {
  authority::EntitySet set;
  std::vector<AuthorityFault> faults;
  for (const auto& file : files) {
    try {
      authority::overlay(set, read_file(file), file, &faults);
    } catch (const Error& error) {
      faults.push_back({file, 0, error.what()});
    }
  }
  auto more = authority::check(set, builtin().impl().image);
  faults.insert(faults.end(), more.begin(), more.end());
  return faults;
}

std::size_t Authority::size(Facet facet) const noexcept {
  const auto entities = impl_->image.entities();
  return static_cast<std::size_t>(
      std::count_if(entities.begin(), entities.end(),
                    [&](const auto& e) { return e.facet == static_cast<std::uint8_t>(facet); }));
}

std::optional<Entity> Authority::find(Facet facet, std::string_view id) const {
  const auto index = impl_->image.find(facet, id);
  if (index == kNone) return std::nullopt;
  return impl_->image.decode(index);
}

std::vector<Entity> Authority::find_by_name(Facet facet, std::string_view name) const {
  const auto& image = impl_->image;
  analysis::WordTable words;
  const auto key = authority::name_key(name, words);
  std::uint32_t node = authority::kRoot;
  for (const auto& word : key.words) {
    const auto number = image.word(word);
    node = number == kNone ? kNone : image.next(node, number);
    if (node == kNone) return {};
  }
  if (node == authority::kRoot) return {};
  std::set<std::uint32_t> with_article;
  std::set<std::uint32_t> without;
  for (const auto& bearer : image.bearers(node)) {
    if (image.facet(bearer.entity) != facet) continue;
    const bool article = (image.name(bearer.name).flags & authority::kArticle) != 0;
    (article == key.article ? with_article : without).insert(bearer.entity);
  }
  std::vector<Entity> found;
  for (const auto index : with_article.empty() ? without : with_article)
    found.push_back(image.decode(index));
  sort_by_fame(found);
  return found;
}

std::vector<Entity> Authority::resolve(Facet facet, std::string_view typed) const {
  const auto& image = impl_->image;
  if (const auto exact = image.find(facet, typed); exact != kNone) return {image.decode(exact)};
  std::vector<Entity> found;
  for (const auto index : image.with_tail(facet, typed)) found.push_back(image.decode(index));
  if (found.empty()) found = find_by_name(facet, typed);
  if (found.empty() && facet == Facet::faction) found = factions_with_word(image, typed);
  sort_by_fame(found);
  // A place that lies in another candidate of the same name is meant by it: «حلب» is the
  // governorate, which holds the city.
  std::vector<Entity> widest;
  for (const auto& entity : found) {
    const bool inside = std::any_of(found.begin(), found.end(), [&](const Entity& other) {
      return entity.id.size() > other.id.size() && entity.id.starts_with(other.id + "/");
    });
    if (!inside) widest.push_back(entity);
  }
  return widest;
}

std::vector<std::string> Authority::ancestors(Facet facet, std::string_view id) const {
  const auto& image = impl_->image;
  std::vector<std::string> found;
  auto index = image.find(facet, id);
  while (index != kNone && (index = image.entity(index).parent) != kNone && found.size() < 32) {
    found.emplace_back(image.id(index));
  }
  return found;
}

std::vector<std::string> Authority::children(Facet facet, std::string_view id) const {
  const auto& image = impl_->image;
  std::vector<std::string> found;
  const auto index = image.find(facet, id);
  if (index == kNone) return found;
  for (const auto child : image.children(index)) found.emplace_back(image.id(child));
  return found;
}

std::string Authority::version() const { return std::string(impl_->image.version()); }

}  // namespace fihris
