// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fihris/authority.h"
#include "query/plan.h"

namespace fihris::search {

/// The terms of a database, read once for each prefix that is asked for. Belongs to one thread.
class DatabaseTerms final : public query::TermSource {
 public:
  DatabaseTerms(Xapian::Database database, Authority authority)
      : database_(std::move(database)), authority_(std::move(authority)) {}

  const std::vector<Entry>& with_prefix(const std::string& prefix) const override;
  std::uint32_t documents(const std::string& term) const override;
  const std::vector<Place>& places() const override;

 private:
  Xapian::Database database_;
  Authority authority_;
  mutable std::map<std::string, std::vector<Entry>> by_prefix_;
  mutable std::optional<std::vector<Place>> places_;
};

}  // namespace fihris::search
