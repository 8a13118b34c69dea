#include "serve/page.hpp"

#include <map>
#include <mutex>

#include "cordon/base/decompress.hpp"
#include "cordon/base/resource.hpp"
#include "cordon/base/sha256.hpp"

namespace cordon::serve {
namespace {

struct File {
  std::string_view plain, gzip;  // either may be empty
  std::string etag, unpacked;    // plain views unpacked where only the packed one is embedded
};

std::string_view type_of(std::string_view path) {
  struct Type {
    std::string_view ending, type;
  };
  static constexpr Type kTypes[] = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".webmanifest", "application/manifest+json"},
      {".txt", "text/plain; charset=utf-8"},
      {".map", "application/json"},
  };
  for (const Type& each : kTypes)
    if (path.ends_with(each.ending)) return each.type;
  return "application/octet-stream";
}

// Kept for the life of the program, as the resources are.
const File* file(const std::string& name) {
  static std::mutex guard;
  static std::map<std::string, File> known;
  const std::lock_guard lock(guard);
  if (const auto found = known.find(name); found != known.end()) return &found->second;
  const auto plain = base::resource("page/" + name), gzip = base::resource("page/" + name + ".gz");
  if (!plain && !gzip) return nullptr;
  File& made = known[name];
  if (plain) made.plain = *plain;
  if (gzip) made.gzip = *gzip;
  if (!plain) {
    const auto decoder = base::make_decoder(base::Packing::gzip);
    const auto take = [&](std::string_view bytes) {
      made.unpacked += bytes;
      return true;
    };
    if (decoder->push(made.gzip, take)) (void)decoder->finish(take);
    made.plain = made.unpacked;
  }
  made.etag = '"' + base::sha256_hex(made.plain).substr(0, 16) + '"';
  return &made;
}

// Names with a hash of the content in them never mean other bytes: "app-3f2a9c1b.js".
bool is_hashed(std::string_view name) {
  const auto dot = name.rfind('.'), dash = name.rfind('-', dot);
  if (dot == name.npos || dash == name.npos || dot - dash < 9) return false;
  return name.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_",
                                dash + 1) >= dot;
}

}  // namespace

Response page_file(const Request& request) {
  std::string name = request.path.substr(1);
  const std::string_view last = std::string_view(name).substr(name.rfind('/') + 1);
  if (last.find('.') == last.npos) name = "index.html";
  // Resources may come from a folder: a name is one of its own, never a way out of it.
  const bool plain_name =
      name.find("..") == name.npos && name.find('\\') == name.npos && !name.starts_with('/');
  const File* found = plain_name && !name.ends_with(".gz") ? file(name) : nullptr;
  if (!found && name == "index.html")
    return error(404,
                 "this program was built without its page; the interface for programs is at /openapi.json");
  if (!found) return error(404, "there is no such file");
  Response response;
  response.content_type = type_of(name);
  response.header("ETag", found->etag)
      .header("Vary", "Accept-Encoding")
      .header("Cache-Control", is_hashed(name) ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.if_none_match.find(found->etag) != request.if_none_match.npos) {
    response.status = 304;
    return response;
  }
  if (!found->gzip.empty() && request.accept_encoding.find("gzip") != request.accept_encoding.npos) {
    response.header("Content-Encoding", "gzip");
    response.shared = found->gzip;
  } else {
    response.shared = found->plain;
  }
  return response;
}

}  // namespace cordon::serve
