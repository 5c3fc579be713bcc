// SPDX-License-Identifier: GPL-2.0-or-later
// libFuzzer target: any file (packed, an archive, or neither) is read to its end within its bounds.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "fihris/reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int fd = ::memfd_create("fuzz", MFD_CLOEXEC);
  if (fd < 0 || ::write(fd, data, size) != static_cast<ssize_t>(size)) std::abort();
  fihris::ReaderOptions options;
  options.max_record_bytes = 1 << 16;
  options.max_member_bytes = 1 << 20;
  options.max_members = 100;
  fihris::ArticleReader reader({"/proc/self/fd/" + std::to_string(fd)}, options);
  reader.on_fault([](const fihris::ReadFault& fault) {
    if (fault.message.empty() || fault.origin.file.empty()) std::abort();
  });
  while (const auto next = reader.next()) {
    if (next->first.id.empty()) std::abort();
  }
  ::close(fd);
  return 0;
}
