// A socket that never waits, plain or with TLS. It owns the descriptor.
#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "cordon/base/result.hpp"

namespace cordon::serve {

// A certificate and its key, in PEM files.
class TlsContext {
 public:
  static base::Result<std::shared_ptr<const TlsContext>> read(const std::string& certificate,
                                                              const std::string& key);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;
  void* native() const { return context_; }  // SSL_CTX

 private:
  explicit TlsContext(void* context) : context_(context) {}
  void* context_;
};

class Transport {
 public:
  enum class State { done, want_read, want_write, closed };
  struct Outcome {
    State state = State::done;
    std::size_t bytes = 0;
  };
  // fd: a connected socket that does not block.
  Transport(int fd, const TlsContext* tls);
  Transport(Transport&& other) noexcept;
  Transport& operator=(Transport&&) = delete;
  ~Transport();

  int fd() const { return fd_; }
  Outcome read(std::span<char> into);
  // Up to two pieces in one go; bytes counts through both.
  Outcome write(std::string_view first, std::string_view second);
  // Nothing more will be written; the peer may still send.
  void finish();
  bool peer_gone() const;  // the peer closed, as far as is known without reading

 private:
  Outcome tls_outcome(int result);
  int fd_;
  void* ssl_ = nullptr;
};

}  // namespace cordon::serve
