#include "cordon/lists/fetch.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "cordon/base/text.hpp"

namespace cordon::lists {
namespace {

constexpr long kConnectSeconds = 20, kSlowBytesPerSecond = 1000, kSlowSeconds = 30;
constexpr std::size_t kLongestHeader = 4096;

// What the callbacks of a transfer fill.
struct Transfer {
  std::size_t max_bytes = 0;
  bool too_large = false;
  Fetched result;
};

// A redirect's own body is not the list: it is dropped when the next answer begins.
std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::string_view line = base::trim(std::string_view(data, size * count));
  if (line.starts_with("HTTP/")) {
    transfer.result.body.clear();
    transfer.result.etag.clear();
    transfer.result.last_modified.clear();
  }
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos && line.size() <= kLongestHeader) {
    const std::string_view name = line.substr(0, colon), value = base::trim(line.substr(colon + 1));
    if (base::iequals(name, "etag")) transfer.result.etag = std::string(value);
    if (base::iequals(name, "last-modified")) transfer.result.last_modified = std::string(value);
  }
  return size * count;
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (transfer.result.body.size() + size * count > transfer.max_bytes) {
    transfer.too_large = true;
    return 0;  // ends the transfer
  }
  transfer.result.body.append(data, size * count);
  return size * count;
}

struct Headers {
  curl_slist* list = nullptr;
  void add(const std::string& line) { list = curl_slist_append(list, line.c_str()); }
  ~Headers() { curl_slist_free_all(list); }
};

// The failures a user meets, in words that do not change with the library.
std::string reason(CURLcode code, const FetchRequest& request, std::size_t bytes, const char* detail) {
  switch (code) {
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
      return fmt::format("cut off after {} bytes", bytes);
    case CURLE_OPERATION_TIMEDOUT:
      return fmt::format("no complete answer within {} s, or slower than {} bytes/s over {} s",
                         request.timeout_s, kSlowBytesPerSecond, kSlowSeconds);
    case CURLE_TOO_MANY_REDIRECTS:
      return fmt::format("more than {} redirects", kMostRedirects);
    case CURLE_UNSUPPORTED_PROTOCOL:
      return "leads to an address that is not https";
    case CURLE_PEER_FAILED_VERIFICATION:
      return fmt::format("the certificate of the server does not hold ({})", detail);
    default:
      return *detail ? detail : curl_easy_strerror(code);
  }
}

}  // namespace

base::Result<Fetched> fetch(const FetchRequest& request) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(ready == CURLE_OK ? curl_easy_init() : nullptr,
                                                    curl_easy_cleanup);
  if (!curl) return base::fail("{}: the HTTPS library does not start", request.url);
  Transfer transfer;
  transfer.max_bytes = request.max_bytes;
  Headers headers;
  // A tag comes from a server and goes to one: what would end the header line stays away.
  const auto plain = [](const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 127; });
  };
  if (!request.etag.empty() && plain(request.etag)) headers.add("If-None-Match: " + request.etag);
  if (!request.last_modified.empty() && plain(request.last_modified))
    headers.add("If-Modified-Since: " + request.last_modified);
  char why[CURL_ERROR_SIZE] = {};
  const auto set = [&](CURLoption option, auto value) {
    return curl_easy_setopt(curl.get(), option, value) == CURLE_OK;
  };
  const bool set_up =
      set(CURLOPT_URL, request.url.c_str()) && set(CURLOPT_ERRORBUFFER, why) && set(CURLOPT_NOSIGNAL, 1L) &&
      set(CURLOPT_PROTOCOLS_STR, "https") && set(CURLOPT_REDIR_PROTOCOLS_STR, "https") &&
      set(CURLOPT_FOLLOWLOCATION, 1L) && set(CURLOPT_MAXREDIRS, kMostRedirects) &&
      set(CURLOPT_SSL_VERIFYPEER, 1L) && set(CURLOPT_SSL_VERIFYHOST, 2L) &&
      set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2)) &&
      set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds) &&
      set(CURLOPT_TIMEOUT, static_cast<long>(request.timeout_s)) &&
      set(CURLOPT_LOW_SPEED_LIMIT, kSlowBytesPerSecond) && set(CURLOPT_LOW_SPEED_TIME, kSlowSeconds) &&
      set(CURLOPT_ACCEPT_ENCODING, "") && set(CURLOPT_USERAGENT, "cordon (lists update)") &&
      set(CURLOPT_HTTPHEADER, headers.list) && set(CURLOPT_HEADERFUNCTION, on_header) &&
      set(CURLOPT_HEADERDATA, &transfer) && set(CURLOPT_WRITEFUNCTION, on_body) &&
      set(CURLOPT_WRITEDATA, &transfer) &&
      (request.ca_file.empty() || set(CURLOPT_CAINFO, request.ca_file.c_str()));
  if (!set_up) return base::fail("{}: the HTTPS library lacks an option that safety needs", request.url);

  const CURLcode code = curl_easy_perform(curl.get());
  if (transfer.too_large)
    return base::fail("{}: larger than {} bytes, the most that is expected", request.url, request.max_bytes);
  if (code != CURLE_OK)
    return base::fail("{}: {}", request.url, reason(code, request, transfer.result.body.size(), why));
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  const char* last = nullptr;
  curl_easy_getinfo(curl.get(), CURLINFO_EFFECTIVE_URL, &last);
  transfer.result.url = last ? last : request.url;
  constexpr long kOk = 200, kNotModified = 304;
  // 304 answers a question that was asked; unasked it is no list.
  transfer.result.not_modified = status == kNotModified && headers.list;
  if (transfer.result.not_modified) {
    transfer.result.body.clear();
  } else if (status != kOk) {
    return base::fail("{}: expected status 200, found {}", request.url, status);
  }
  return std::move(transfer.result);
}

}  // namespace cordon::lists
