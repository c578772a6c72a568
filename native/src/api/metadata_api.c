/* metadata_api.c: what a PNG says beside its pixels, and where its image data lies. */
#include <string.h>

#include "base/call.h"
#include "png/png_index.h"
#include "png/png_metadata.h"

typedef int32_t list_function(lpf_png *png, uint8_t *memory, size_t memory_size,
                              unsigned long long *used);

/* What the two functions have in common: all but what is listed. */
static int32_t list_into(list_function *list, const uint8_t *png, unsigned long long png_size,
                         const lpf_options *options, uint8_t *memory,
                         unsigned long long memory_size, uint8_t *scratch,
                         unsigned long long scratch_size, const int32_t *cancel,
                         lpf_report *report) {
  if (report == NULL) {
    return LPF_INVALID_ARGUMENT;
  }
  memset(report, 0, sizeof *report);
  if (options == NULL || (png == NULL && png_size != 0) || (memory == NULL && memory_size != 0) ||
      (scratch == NULL && scratch_size != 0) || png_size > PTRDIFF_MAX ||
      memory_size > PTRDIFF_MAX || scratch_size > PTRDIFF_MAX || !lpf_options_make_sense(options)) {
    return LPF_INVALID_ARGUMENT;
  }
  lpf_call call;
  lpf_png opened;
  unsigned long long used = 0;
  lpf_call_begin(&call, options, scratch, (size_t)scratch_size, cancel, report);
  int32_t code = lpf_open_png(&opened, &call, png, png_size);
  if (code == LPF_DONE) {
    code = list(&opened, memory, (size_t)memory_size, &used);
  }
  return lpf_call_end(&call, code, used);
}

int32_t lpf_png_metadata(const uint8_t *png, unsigned long long png_size,
                         const lpf_options *options, uint8_t *memory,
                         unsigned long long memory_size, uint8_t *scratch,
                         unsigned long long scratch_size, const int32_t *cancel,
                         lpf_report *report) {
  return list_into(lpf_list_metadata, png, png_size, options, memory, memory_size, scratch,
                   scratch_size, cancel, report);
}

int32_t lpf_png_image_data(const uint8_t *png, unsigned long long png_size,
                           const lpf_options *options, uint8_t *memory,
                           unsigned long long memory_size, uint8_t *scratch,
                           unsigned long long scratch_size, const int32_t *cancel,
                           lpf_report *report) {
  return list_into(lpf_list_image_data, png, png_size, options, memory, memory_size, scratch,
                   scratch_size, cancel, report);
}
