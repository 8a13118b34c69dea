#include "serve/request_parser.hpp"

#include <utility>  // before Beast: Asio 1.74 lacks it in C++20

#include <boost/beast/http/parser.hpp>
#include <cstdint>
#include <optional>

namespace cordon::serve {
namespace {

namespace http = boost::beast::http;

// A body in a string that grows with what has come: a peer that announces much and sends nothing costs
// nothing.
struct GrowingBody {
  using value_type = std::string;
  struct reader {
    template <bool is_request, class Fields>
    reader(http::header<is_request, Fields>&, value_type& body) : body_(body) {}
    void init(const boost::optional<std::uint64_t>&, boost::beast::error_code& error) { error = {}; }
    template <class Buffers>
    std::size_t put(const Buffers& buffers, boost::beast::error_code& error) {
      error = {};
      std::size_t bytes = 0;
      for (auto each = boost::asio::buffer_sequence_begin(buffers);
           each != boost::asio::buffer_sequence_end(buffers); ++each) {
        const boost::asio::const_buffer piece(*each);
        body_.append(static_cast<const char*>(piece.data()), piece.size());
        bytes += piece.size();
      }
      return bytes;
    }
    void finish(boost::beast::error_code& error) { error = {}; }
    value_type& body_;
  };
};

Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
    case http::verb::head:
      return Method::get;
    case http::verb::post:
      return Method::post;
    case http::verb::put:
      return Method::put;
    case http::verb::patch:
      return Method::patch;
    case http::verb::delete_:
      return Method::del;
    case http::verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

struct RequestParser::State {
  http::parser<true, GrowingBody> parser;
  bool told = false, begun = false;
};

RequestParser::RequestParser(std::size_t head_limit) : state_(std::make_unique<State>()) {
  state_->parser.header_limit(static_cast<std::uint32_t>(head_limit));
  // The route's own limit is kept by the connection. (Beast 1.74 takes boost::none for a limit of nothing.)
  state_->parser.body_limit(UINT64_MAX);
}
RequestParser::~RequestParser() = default;
RequestParser::RequestParser(RequestParser&&) noexcept = default;
RequestParser& RequestParser::operator=(RequestParser&&) noexcept = default;

RequestParser::Progress RequestParser::feed(std::string_view bytes) {
  auto& parser = state_->parser;
  Progress progress;
  // An empty line before a request is passed over, as RFC 9112 2.2 asks for.
  if (!state_->begun) {
    while (bytes.starts_with("\r\n")) {
      bytes.remove_prefix(2);
      progress.used += 2;
    }
  }
  while (!bytes.empty() || (state_->told && parser.is_done())) {
    if (state_->told && parser.is_done()) {
      progress.step = Step::done;
      return progress;
    }
    state_->begun = true;
    boost::beast::error_code error;
    const std::size_t used = parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    progress.used += used;
    bytes.remove_prefix(used);
    if (error == http::error::need_more) return progress;
    if (error) {
      progress.step = Step::bad;
      progress.status = error == http::error::header_limit  ? 431
                        : error == http::error::bad_version ? 505
                                                            : 400;
      return progress;
    }
    if (!state_->told && parser.is_header_done()) {
      state_->told = true;
      parser.eager(true);
      progress.step = Step::head;
      return progress;
    }
    if (used == 0) return progress;
  }
  return progress;
}

Head RequestParser::head(std::string_view remote) const {
  const auto& message = state_->parser.get();
  Head head;
  head.method = method_of(message.method());
  head.target = view(message.target());
  head.remote = remote;
  for (const auto& field : message) {
    const std::string_view value = view(field.value());
    switch (field.name()) {
      case http::field::host:
        // Two hosts, or two of what says who asks, are somebody's trick: the value then fits nothing.
        head.credentials.host = head.credentials.host.empty() ? value : std::string_view(",");
        break;
      case http::field::origin:
        head.credentials.origin = value;
        break;
      case http::field::cookie:
        head.credentials.cookie = value;
        break;
      case http::field::authorization:
        head.credentials.authorization = value;
        break;
      case http::field::content_type:
        head.content_type = value;
        break;
      case http::field::accept:
        head.accept = value;
        break;
      case http::field::accept_encoding:
        head.accept_encoding = value;
        break;
      case http::field::if_none_match:
        head.if_none_match = value;
        break;
      case http::field::unknown:
        if (boost::beast::iequals(field.name_string(), "x-csrf-token"))
          head.credentials.csrf = value;
        else if (boost::beast::iequals(field.name_string(), "last-event-id"))
          head.last_event_id = value;
        else if (boost::beast::iequals(field.name_string(), "sec-fetch-site"))
          head.credentials.fetch_site = value;
        break;
      default:
        break;
    }
  }
  return head;
}

bool RequestParser::head_only() const {
  return state_->parser.get().method() == http::verb::head;
}
bool RequestParser::keep_alive() const {
  return state_->parser.keep_alive();
}
bool RequestParser::expects_continue() const {
  return boost::beast::iequals(state_->parser.get()[http::field::expect], "100-continue");
}
bool RequestParser::old_version() const {
  return state_->parser.get().version() < 11;
}
bool RequestParser::whole() const {
  return state_->told && state_->parser.is_done();
}
std::size_t RequestParser::announced() const {
  const auto length = state_->parser.content_length();
  return length ? static_cast<std::size_t>(*length) : 0;
}
const std::string& RequestParser::body() const {
  return state_->parser.get().body();
}
bool RequestParser::begun() const {
  return state_->begun;
}

}  // namespace cordon::serve
