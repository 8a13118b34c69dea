// One file over HTTPS, within bounds. The only code of the program that speaks to the network by itself; used
// by `cordon lists update` alone.
#pragma once
#include <cstddef>
#include <string>

#include "cordon/base/result.hpp"

namespace cordon::lists {

struct FetchRequest {
  std::string url;  // https only; redirects too, at most kMostRedirects of them
  std::string etag,
      last_modified;          // of the version at hand: the server may answer that it is still the newest
  std::size_t max_bytes = 0;  // of the body after its transfer packing is undone
  int timeout_s = 120;        // the whole transfer; less than 1 kB/s over 30 s ends it sooner
  std::string ca_file;        // PEM; empty = the certificates the system trusts
};
inline constexpr long kMostRedirects = 5;

struct Fetched {
  bool not_modified = false;  // the body is empty then
  std::string body;
  std::string etag, last_modified;
  std::string url;  // where the redirects ended
};

// Fails, naming the address and why, on anything but a complete answer 200 or 304 from a server whose
// certificate holds.
base::Result<Fetched> fetch(const FetchRequest& request);

}  // namespace cordon::lists
