#include "png/judge.h"

#include <string.h>

#include "libdeflate.h"
#include "png/lodepng_codes.h"
#include "png/lodepng_inflater.h"
#include "png/needed_chunks.h"
#include "png/png_header.h"
#include "png/png_source.h"
#include "png/salvage.h"
#include "third_party/third_party_lodepng.h"

/* What LodePNG's hook works on, and what it has found. */
typedef struct hearing {
  lpf_png *png;
  const LodePNGState *state;
  lpf_judgement judgement;
  /* why the hook has stopped LodePNG, which replaces the reason by a code of its own */
  int32_t code;
  bool accepted;
} hearing;

/* The hook's return values: LodePNG goes on, or stops with LPF_LODEPNG_CUSTOM_ZLIB. */
#define GO_ON 0u
#define STOP 1u

static unsigned stop_with(hearing *about, int32_t code) {
  about->code = code;
  return STOP;
}

int32_t lpf_check_work(lpf_png *png, size_t image_data_bytes) {
  const unsigned long long expected = lpf_scanline_bytes(&png->info);
  const unsigned long long ratio = png->call->options->max_idat_ratio;
  if (image_data_bytes > LPF_IDAT_FREE_BYTES &&
      (image_data_bytes - LPF_IDAT_FREE_BYTES - 1) / ratio >= expected) {
    return lpf_refuse(png->call, LPF_LIMIT_WORK, LPF_IDAT_FREE_BYTES + ratio * expected,
                      image_data_bytes);
  }
  return LPF_DONE;
}

/* What was inflated, with zeros behind it, of which each row is black: filter type 0, None. */
static int32_t keep(hearing *about, const uint8_t *inflated, size_t sound) {
  const size_t whole = (size_t)lpf_scanline_bytes(&about->png->info);
  lpf_judgement *judgement = &about->judgement;
  judgement->sound_bytes = sound < whole ? sound : whole;
  judgement->scanlines =
      lpf_budget_allocate(&about->png->call->budget, whole + LPF_SCANLINES_SLACK);
  if (judgement->scanlines == NULL) {
    return LPF_OUT_OF_MEMORY;
  }
  memcpy(judgement->scanlines, inflated, judgement->sound_bytes);
  memset(judgement->scanlines + judgement->sound_bytes, 0,
         whole - judgement->sound_bytes + LPF_SCANLINES_SLACK);
  about->accepted = true;
  return LPF_DONE;
}

static int32_t inflate_image(hearing *about, const uint8_t *in, size_t in_size) {
  lpf_png *png = about->png;
  const size_t whole = (size_t)lpf_scanline_bytes(&png->info);
  uint8_t *inflated;
  size_t size;
  int32_t code = lpf_inflate_by_lodepng(png, in, in_size, whole, &inflated, &size);
  if (code == LPF_LODEPNG_MAX_OUTPUT_SIZE || (code == LPF_DONE && size > whole)) {
    /* plain LodePNG inflates an overlong stream to its end, however far that is, and says 91 */
    code = LPF_LODEPNG_WRONG_IDAT_SIZE;
  } else if (code == LPF_DONE && size == whole) {
    code = keep(about, inflated, size);
  } else {
    if (code == LPF_DONE) {
      code = LPF_LODEPNG_WRONG_IDAT_SIZE;
    }
    const size_t sound = lpf_inflated_before_damage(code, in, in_size, size);
    const bool tolerated = (png->call->options->flags & LPF_FLAG_TOLERATE_TRUNCATION) != 0;
    if (tolerated && sound != 0 && code != LPF_OUT_OF_MEMORY && code < LPF_INVALID_ARGUMENT) {
      const int32_t damage = code;
      code = keep(about, inflated, sound);
      if (code == LPF_DONE) {
        lpf_warn(png->call, damage, LPF_TYPE_IDAT, png->index.image_data);
      }
    }
  }
  lpf_budget_free(&png->call->budget, inflated);
  return code;
}

static unsigned decompress_image(hearing *about, const uint8_t *in, size_t in_size) {
  int32_t code = lpf_check_work(about->png, in_size);
  if (code == LPF_DONE && lpf_is_cancelled(about->png->call)) {
    code = LPF_CANCELLED;
  }
  return stop_with(about, code == LPF_DONE ? inflate_image(about, in, in_size) : code);
}

/* LodePNG's custom_zlib hook: called for profiles, and for the joined image data once all chunks
   are parsed. */
static unsigned decompress(unsigned char **out, size_t *out_size, const unsigned char *in,
                           size_t in_size, const LodePNGDecompressSettings *settings) {
  hearing *about = (hearing *)settings->custom_context;
  if (settings == &about->state->decoder.zlibsettings) {
    return decompress_image(about, in, in_size);
  }
  /* for chunks LodePNG passes a copy of the settings with the chunk's own maximum */
  int32_t code =
      lpf_inflate_ancillary(about->png, in, in_size, settings->max_output_size, out, out_size);
  return code == LPF_DONE ? GO_ON : stop_with(about, code);
}

/* LodePNG checks CRCs with this: it is built with LODEPNG_NO_COMPILE_CRC, its own being slow. */
unsigned lodepng_crc32(const unsigned char *data, size_t length) {
  return libdeflate_crc32(0, data, length);
}

/* Given LodePNG's code, and what the hook has noted. */
static int32_t verdict(const hearing *about, unsigned lodepng_code) {
  const bool hook_knows_why =
      lodepng_code == LPF_LODEPNG_CUSTOM_ZLIB || about->code >= LPF_INVALID_ARGUMENT;
  int32_t code = hook_knows_why ? about->code : (int32_t)lodepng_code;
  return code == LPF_OUT_OF_MEMORY ? lpf_out_of_memory(about->png->call) : code;
}

static void take_colors(lpf_source *source, const LodePNGColorMode *color) {
  source->palette_has_alpha = false;
  source->has_key = color->key_defined != 0;
  source->key[0] = (uint16_t)color->key_r;
  source->key[1] = (uint16_t)color->key_g;
  source->key[2] = (uint16_t)color->key_b;
  if (source->color_type == 3) {
    memcpy(source->palette, color->palette, sizeof source->palette);
    for (size_t i = 0; i < 256; i++) {
      source->palette_has_alpha = source->palette_has_alpha || source->palette[i][3] != 255;
    }
  }
}

static int32_t hear(hearing *about, const uint8_t *bytes, size_t size) {
  LodePNGState state;
  lodepng_state_init(&state);
  state.decoder.read_text_chunks = 0; /* text never reaches pixels; unread it cannot be a bomb */
  state.decoder.zlibsettings.custom_zlib = decompress;
  state.decoder.zlibsettings.custom_context = about;
  about->state = &state;
  unsigned char *pixels = NULL;
  unsigned width, height;
  unsigned error = lodepng_decode(&pixels, &width, &height, &state, bytes, size);
  lpf_budget_free(&about->png->call->budget, pixels); /* LodePNG may leave memory here */
  if (about->accepted &&
      about->png->index.damage != LPF_DONE) { /* the walk has not seen them all */
    take_colors(&about->png->source, &state.info_png.color);
  }
  lodepng_state_cleanup(&state);
  return about->accepted ? LPF_DONE : verdict(about, error);
}

int32_t lpf_judge(lpf_png *png, lpf_judgement *judgement) {
  hearing about = {.png = png};
  png->inflated_bytes = 0; /* what profiles have cost before, LodePNG counts again */
  png->inflater_allocations = 0;
  int32_t code;
  if (lpf_needs_copy(png)) {
    size_t size = 0;
    uint8_t *copy = lpf_copy_needed_chunks(png, &size);
    code = copy == NULL ? lpf_out_of_memory(png->call) : hear(&about, copy, size);
    lpf_budget_free(&png->call->budget, copy);
  } else {
    code = hear(&about, png->bytes, png->size);
  }
  *judgement = about.judgement;
  return code;
}
