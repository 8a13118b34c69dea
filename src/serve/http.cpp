#include "serve/http.hpp"

#include <fmt/core.h>

#include <array>
#include <cmath>

#include "cordon/base/json.hpp"
#include "cordon/base/text.hpp"

namespace cordon::serve {
namespace {

constexpr std::size_t kMostParams = 256;

constexpr std::array<std::string_view, 7> kMethods = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", ""};
constexpr std::array<std::string_view, 5> kRoles = {"open", "viewer", "analyst", "approver", "admin"};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

struct Status {
  int number;
  std::string_view phrase, code;
};
constexpr Status kStatuses[] = {
    {200, "OK", ""},
    {201, "Created", ""},
    {202, "Accepted", ""},
    {204, "No Content", ""},
    {301, "Moved Permanently", ""},
    {303, "See Other", ""},
    {304, "Not Modified", ""},
    {400, "Bad Request", "bad_request"},
    {401, "Unauthorized", "unauthorized"},
    {403, "Forbidden", "forbidden"},
    {404, "Not Found", "not_found"},
    {405, "Method Not Allowed", "method_not_allowed"},
    {406, "Not Acceptable", "not_acceptable"},
    {408, "Request Timeout", "timeout"},
    {409, "Conflict", "conflict"},
    {411, "Length Required", "length_required"},
    {413, "Content Too Large", "too_large"},
    {414, "URI Too Long", "uri_too_long"},
    {415, "Unsupported Media Type", "unsupported_media_type"},
    {421, "Misdirected Request", "wrong_host"},
    {422, "Unprocessable Content", "unprocessable"},
    {429, "Too Many Requests", "too_many_requests"},
    {431, "Request Header Fields Too Large", "header_too_large"},
    {500, "Internal Server Error", "internal"},
    {501, "Not Implemented", "not_implemented"},
    {503, "Service Unavailable", "unavailable"},
    {505, "HTTP Version Not Supported", "http_version"},
};

const Status& status_of(int number) {
  for (const Status& status : kStatuses)
    if (status.number == number) return status;
  return status_of(500);
}

}  // namespace

std::string_view to_string(Method method) {
  return kMethods[static_cast<std::size_t>(method)];
}

std::string_view to_string(Role role) {
  return kRoles[static_cast<std::size_t>(role)];
}

std::optional<Role> parse_role(std::string_view name) {
  for (std::size_t i = 1; i < kRoles.size(); ++i)
    if (kRoles[i] == name) return static_cast<Role>(i);
  return std::nullopt;
}

std::string_view Request::param(std::string_view name) const {
  for (const Param& one : params)
    if (one.name == name) return one.value;
  return {};
}

bool Request::has(std::string_view name) const {
  for (const Param& one : params)
    if (one.name == name) return true;
  return false;
}

std::vector<std::string_view> Request::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Param& one : params)
    if (one.name == name) values.push_back(one.value);
  return values;
}

Response& Response::header(std::string name, std::string value) {
  headers.emplace_back(std::move(name), std::move(value));
  return *this;
}

Response& Response::download(std::string_view file_name) {
  return header("Content-Disposition",
                fmt::format("attachment; filename*=UTF-8''{}", percent_encode(file_name)));
}

Response json(std::string body, int status) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

Response text(std::string body, std::string content_type) {
  Response response;
  response.content_type = std::move(content_type);
  response.body = std::move(body);
  return response;
}

Response error(int status, std::string_view message, std::string_view where) {
  Response response;
  response.status = status;
  base::JsonWriter writer(response.body);
  writer.begin_object();
  writer.key("error");
  writer.begin_object();
  writer.field("code", status_of(status).code);
  writer.field("message", message);
  if (!where.empty()) writer.field("where", where);
  writer.end_object();
  writer.end_object();
  return response;
}

std::string_view reason_phrase(int status) {
  return status_of(status).phrase;
}

base::Result<std::uint64_t> number_param(const Request& request, std::string_view name,
                                         std::uint64_t otherwise, std::uint64_t least, std::uint64_t most) {
  if (!request.has(name)) return otherwise;
  const auto text = request.param(name);
  const auto number = base::parse_number<std::uint64_t>(text);
  if (!number || *number < least || *number > most)
    return base::fail("{}: expected a whole number from {} to {}, found '{}'", name, least, most,
                      text.substr(0, 40));
  return *number;
}

base::Result<std::optional<double>> decimal_param(const Request& request, std::string_view name) {
  if (!request.has(name)) return std::nullopt;
  const auto text = request.param(name);
  const auto number = base::parse_number<double>(text);
  if (!number || !std::isfinite(*number))
    return base::fail("{}: expected a number, found '{}'", name, text.substr(0, 40));
  return *number;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (plus && c == '+') {
      c = ' ';
    }
    if (c == '\0') return std::nullopt;
    out += c;
  }
  if (!base::is_utf8(out)) return std::nullopt;
  return out;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

std::optional<std::vector<Param>> parse_query(std::string_view query) {
  std::vector<Param> params;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    query = end == query.npos ? std::string_view{} : query.substr(end + 1);
    if (pair.empty()) continue;
    if (params.size() == kMostParams) return std::nullopt;
    const std::size_t equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), true);
    auto value = percent_decode(equals == pair.npos ? std::string_view{} : pair.substr(equals + 1), true);
    if (!name || !value) return std::nullopt;
    params.push_back({std::move(*name), std::move(*value)});
  }
  return params;
}

}  // namespace cordon::serve
