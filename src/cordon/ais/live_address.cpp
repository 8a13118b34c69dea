// The addresses of live.hpp.
#include <array>
#include <utility>

#include "cordon/ais/live.hpp"
#include "cordon/base/text.hpp"

namespace cordon::ais {

namespace {

constexpr std::array<std::pair<std::string_view, LiveKind>, 4> kSchemes = {
    {{"udp://", LiveKind::udp},
     {"tcp://", LiveKind::tcp},
     {"tcp-listen://", LiveKind::tcp_listen},
     {"stream:", LiveKind::stream}}};

}  // namespace

bool is_live_address(std::string_view text) {
  for (const auto& [scheme, kind] : kSchemes)
    if (text.starts_with(scheme)) return true;
  return false;
}

base::Result<LiveAddress> parse_live_address(std::string_view text) {
  LiveAddress out;
  out.text = text;
  std::string_view rest = text;
  for (const auto& [scheme, kind] : kSchemes)
    if (text.starts_with(scheme)) {
      out.kind = kind;
      rest.remove_prefix(scheme.size());
    }
  if (out.kind == LiveKind::stream) {
    if (rest.empty()) return base::fail("{}: expected stream:PATH", text);
    out.path = rest;
    return out;
  }
  const std::size_t colon = rest.rfind(':');
  std::string_view host = rest.substr(0, colon == std::string_view::npos ? 0 : colon);
  if (host.size() > 1 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  const auto port = colon == std::string_view::npos
                        ? std::nullopt
                        : base::parse_number<std::uint32_t>(rest.substr(colon + 1));
  // Port 0 lets the system choose, which only a test can make use of: the notice tells which.
  if (!port || *port > 65535 || (host.empty() && out.kind == LiveKind::tcp))
    return base::fail("{}: expected udp://[ADDRESS]:PORT, tcp://HOST:PORT or tcp-listen://[ADDRESS]:PORT",
                      text);
  out.host = host.empty() ? std::string_view("127.0.0.1") : host;
  out.port = rest.substr(colon + 1);
  return out;
}

}  // namespace cordon::ais
