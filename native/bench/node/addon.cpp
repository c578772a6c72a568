// addon.cpp: the article's add-on for today's Node.js, over Node-API: getBMP(buffer) gives the BMP
// as a Buffer that uses the C++ vector's memory, which is the article's point. The vector is freed
// when the Buffer is collected.
#include <node_api.h>

#include "../peer.h"

namespace {

void release(napi_env, void *, void *hint) {
  lpb_result result = {nullptr, 0, hint};
  lpb_article.release(&result);
}

napi_value get_bmp(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value png;
  void *bytes = nullptr;
  size_t size = 0;
  if (napi_get_cb_info(env, info, &count, &png, nullptr, nullptr) != napi_ok || count != 1 ||
      napi_get_buffer_info(env, png, &bytes, &size) != napi_ok) {
    napi_throw_type_error(env, nullptr, "getBMP takes a Buffer");
    return nullptr;
  }
  lpb_result result = {nullptr, 0, nullptr};
  if (lpb_article.run(LPB_WORK_CONVERT, static_cast<const uint8_t *>(bytes), size, nullptr, 0,
                      &result) != 0) {
    napi_throw_error(env, nullptr, "not a PNG that LodePNG can read");
    return nullptr;
  }
  napi_value bmp;
  if (napi_create_external_buffer(env, result.size, const_cast<uint8_t *>(result.bytes), release,
                                  result.owner, &bmp) != napi_ok) {
    lpb_article.release(&result);
    napi_throw_error(env, nullptr, "this Node.js allows no external buffers");
    return nullptr;
  }
  return bmp;
}

napi_value initialise(napi_env env, napi_value exports) {
  napi_value function;
  napi_create_function(env, "getBMP", NAPI_AUTO_LENGTH, get_bmp, nullptr, &function);
  napi_set_named_property(env, exports, "getBMP", function);
  return exports;
}

}  // namespace

NAPI_MODULE(NODE_GYP_MODULE_NAME, initialise)
