#include "png/png_source.h"

void lpf_source_of(const lpf_info *info, lpf_source *source) {
  source->width = info->width;
  source->height = info->height;
  source->bit_depth = info->bit_depth;
  source->color_type = info->color_type;
  source->interlace_method = info->interlace_method;
  source->palette_has_alpha = false;
  source->has_key = false;
}

void lpf_take_palette(lpf_source *source, const uint8_t *data, size_t entries) {
  if (source->color_type != 3) {
    return;
  }
  for (size_t i = 0; i < 256; i++) {
    for (size_t channel = 0; channel < 3; channel++) {
      source->palette[i][channel] = i < entries ? data[3 * i + channel] : 0;
    }
    source->palette[i][3] = 255;
  }
  source->palette_has_alpha = false;
}

void lpf_take_transparency(lpf_source *source, const uint8_t *data, size_t length) {
  if (source->color_type == 3) {
    source->palette_has_alpha = false; /* of a palette that may not be there yet */
    for (size_t i = 0; i < length; i++) {
      source->palette[i][3] = data[i];
      source->palette_has_alpha = source->palette_has_alpha || data[i] != 255;
    }
    return;
  }
  source->has_key = true;
  for (size_t i = 0; i < length / 2; i++) {
    source->key[i] = (uint16_t)(data[2 * i] << 8 | data[2 * i + 1]);
  }
}
