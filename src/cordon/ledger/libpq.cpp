#include "cordon/ledger/libpq.hpp"

#include <dlfcn.h>

namespace cordon::ledger {
namespace {

template <class Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

base::Result<LibPq> open_library() {
  void* library = ::dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr)
    return base::fail("a ledger on a PostgreSQL server needs the library libpq.so.5 (Debian: libpq5)");
  LibPq pq{};
  const bool all = find(library, "PQconnectdb", pq.connectdb) && find(library, "PQstatus", pq.status) &&
                   find(library, "PQfinish", pq.finish) && find(library, "PQerrorMessage", pq.errorMessage) &&
                   find(library, "PQexec", pq.exec) && find(library, "PQexecParams", pq.execParams) &&
                   find(library, "PQresultStatus", pq.resultStatus) &&
                   find(library, "PQresultErrorField", pq.resultErrorField) &&
                   find(library, "PQntuples", pq.ntuples) && find(library, "PQgetvalue", pq.getvalue) &&
                   find(library, "PQgetlength", pq.getlength) && find(library, "PQclear", pq.clear) &&
                   find(library, "PQdb", pq.db) && find(library, "PQuser", pq.user) &&
                   find(library, "PQhost", pq.host) &&
                   find(library, "PQparameterStatus", pq.parameterStatus) &&
                   find(library, "PQsetNoticeProcessor", pq.setNoticeProcessor);
  if (!all) return base::fail("libpq.so.5 is too old");
  return pq;
}

}  // namespace

base::Result<const LibPq*> LibPq::load() {
  static const base::Result<LibPq> pq = open_library();
  if (!pq) return tl::unexpected(pq.error());
  return &*pq;
}

}  // namespace cordon::ledger
