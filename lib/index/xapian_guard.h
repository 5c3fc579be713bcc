// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <new>
#include <stdexcept>
#include <string>

#include "fihris/error.h"

namespace fihris::index {

/// Runs `body`, and turns a Xapian exception into the Error of the same meaning. The only place
/// that catches Xapian::Error; `doing` names the act for the message: "opening /srv/news.idx".
/// Xapian 1.4 also lets out std::length_error and the like for damaged files: they end here too,
/// but std::bad_alloc goes on as it is.
template <class Body>
auto guarded(const std::string& doing, Body&& body) -> decltype(body()) {
  const auto damaged = [&](const std::string& what) {
    return Error(
        ErrorCode::index_damaged, doing + ": " + what,
        "run `fihris check` on the index; `fihris check --repair` mends what can be mended");
  };
  try {
    return body();
  } catch (const Xapian::DatabaseCorruptError& e) {
    throw damaged(e.get_description());
  } catch (const Xapian::DatabaseVersionError& e) {
    throw Error(ErrorCode::index_version, doing + ": " + e.get_description(),
                "the index was written by another version of Xapian: index the sources again");
  } catch (const Xapian::DatabaseLockError& e) {
    throw Error(ErrorCode::index_locked, doing + ": " + e.get_description());
  } catch (const Xapian::DatabaseNotFoundError& e) {
    throw damaged(e.get_description());
  } catch (const Xapian::NetworkError& e) {
    throw Error(ErrorCode::remote, doing + ": " + e.get_description());
  } catch (const Xapian::DatabaseError& e) {
    // What the system refused carries its errno; the rest says that the files are not as expected.
    const char* system = e.get_error_string();
    if (system == nullptr) throw damaged(e.get_description());
    throw Error(ErrorCode::io, doing + ": " + e.get_description());
  } catch (const Xapian::InvalidArgumentError& e) {
    throw Error(ErrorCode::invalid_argument, doing + ": " + e.get_description());
  } catch (const Xapian::UnimplementedError& e) {
    throw Error(ErrorCode::unsupported, doing + ": " + e.get_description());
  } catch (const Xapian::Error& e) {
    throw Error(ErrorCode::internal, doing + ": " + e.get_description());
  } catch (const std::length_error& e) {
    throw damaged(e.what());
  } catch (const std::out_of_range& e) {
    throw damaged(e.what());
  }
}

}  // namespace fihris::index
