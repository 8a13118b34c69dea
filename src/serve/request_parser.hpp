// Boost.Beast's parser, fed with bytes as they come: first the head, then the body.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "serve/front.hpp"

namespace cordon::serve {

class RequestParser {
 public:
  explicit RequestParser(std::size_t head_limit);
  ~RequestParser();
  RequestParser(RequestParser&&) noexcept;
  RequestParser& operator=(RequestParser&&) noexcept;

  enum class Step { more, head, done, bad };
  struct Progress {
    Step step = Step::more;
    std::size_t used = 0;  // bytes of the input; the others are to be given again, with more behind them
    int status = 400;      // where bad
  };
  // head is told once, when the head is whole; done when the body is.
  Progress feed(std::string_view bytes);

  Head head(std::string_view remote) const;  // views into the parser
  bool head_only() const;                    // method HEAD
  bool keep_alive() const;
  bool expects_continue() const;
  bool old_version() const;  // HTTP/1.0
  bool whole() const;
  std::size_t announced() const;  // Content-Length; 0 where none is given
  const std::string& body() const;
  bool begun() const;  // a byte of the request has come

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cordon::serve
