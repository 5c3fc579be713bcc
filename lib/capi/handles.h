// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>

#include "fihris.h"
#include "fihris/analysis.h"
#include "fihris/authority.h"
#include "fihris/index.h"
#include "fihris/reader.h"
#include "fihris/search.h"
#include "fihris/tagger.h"
#include "fihris/timex.h"

// What stands behind the opaque handles.

struct fihris_authority {
  fihris::Authority value;
};
struct fihris_analyzer {
  fihris::Analyzer value;
};
struct fihris_dates {
  fihris::DateReader value;
};
struct fihris_tagger {
  fihris::Authority authority;
  fihris::Tagger value;
};
struct fihris_reader {
  fihris::ArticleReader value;
  fihris_fault_callback callback = nullptr;
  void* user = nullptr;

  void tell(const fihris::ReadFault& fault) const;
};
struct fihris_indexer {
  fihris::Indexer value;
};
struct fihris_searcher {
  fihris::Searcher value;
};
