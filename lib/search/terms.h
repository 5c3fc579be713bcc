// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/words.h"
#include "fihris/authority.h"
#include "query/plan.h"
#include "search/related.h"

namespace fihris::search {

/// The terms of a database, read once for each prefix that is asked for. Belongs to one thread.
class DatabaseTerms final : public query::TermSource {
 public:
  DatabaseTerms(Xapian::Database database, Authority authority)
      : database_(std::move(database)), authority_(std::move(authority)) {}

  const std::vector<Entry>& with_prefix(const std::string& prefix) const override;
  std::uint32_t documents(const std::string& term) const override;
  const std::vector<Place>& places() const override;
  const std::vector<Akin>& akin(std::string_view skeleton) const override;
  std::vector<Related> related(std::string_view folded, std::size_t most) const override;
  std::uint64_t all_documents() const override { return database_.get_doccount(); }
  analysis::WordTable& words() const override { return words_; }

 private:
  Xapian::Database database_;
  Authority authority_;
  mutable std::map<std::string, std::vector<Entry>> by_prefix_;
  mutable std::optional<std::vector<Place>> places_;
  mutable std::unique_ptr<RelatedForms> related_;
  using AkinStems = std::map<std::string, std::vector<Akin>, std::less<>>;
  mutable std::optional<AkinStems> akin_;
  mutable analysis::WordTable words_{1u << 16};
};

}  // namespace fihris::search
