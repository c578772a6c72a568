#include "decode_subject.h"

#include "check.h"

static void add_transparency(const png_image *image, png_bytes *png, lpf_source *source) {
  uint8_t data[256];
  size_t size = 0;
  if (image->shape.color_type == 3) {
    for (; size < image->palette_size; size++) {
      data[size] = source->palette[size][3] = (uint8_t)random_bits();
    }
    source->palette_has_alpha = true;
  } else { /* the first pixel's colour */
    source->has_key = true;
    for (size_t i = 0; i < png_channels(image->shape.color_type); i++, size += 2) {
      source->key[i] = image->samples[i];
      data[size] = (uint8_t)(image->samples[i] >> 8);
      data[size + 1] = (uint8_t)image->samples[i];
    }
  }
  png_add_chunk(png, "tRNS", data, size);
}

subject make_subject(png_shape shape, bool transparent) {
  subject made = {.image = png_random_image(shape)};
  const png_image *image = &made.image;
  memset(&made.source, 0, sizeof made.source);
  made.source.width = shape.width;
  made.source.height = shape.height;
  made.source.bit_depth = shape.bit_depth;
  made.source.color_type = shape.color_type;
  made.source.interlace_method = shape.interlace_method;
  for (size_t i = 0; i < 256; i++) {
    memcpy(made.source.palette[i], image->palette[i], 3);
    made.source.palette[i][3] = 255;
  }
  made.png = png_begin(shape);
  if (shape.color_type == 3) {
    png_add_chunk(&made.png, "PLTE", image->palette[0], (size_t)image->palette_size * 3);
  }
  if (transparent && shape.color_type < 4) {
    add_transparency(image, &made.png, &made.source);
  }
  png_bytes scanlines = png_scanlines(image, 5);
  png_bytes idat = png_store(scanlines.bytes, scanlines.size);
  png_add_chunk(&made.png, "IDAT", idat.bytes, idat.size / 2);
  png_add_chunk(&made.png, "IDAT", idat.bytes + idat.size / 2, idat.size - idat.size / 2);
  png_end(&made.png);
  free(scanlines.bytes);
  free(idat.bytes);
  const size_t pixels = (size_t)shape.width * shape.height, count = png_channels(shape.color_type);
  made.samples = (uint16_t(*)[4])(void *)exactly(pixels * sizeof *made.samples);
  for (size_t i = 0; i < pixels * count; i++) {
    made.samples[i / count][i % count] = image->samples[i];
  }
  return made;
}

void free_subject(subject *made) {
  png_free_image(&made->image);
  free(made->png.bytes);
  free(made->samples);
}

lpf_blend blend_of(const lpf_options *options) {
  return (lpf_blend){
      .premultiplied = options->alpha == LPF_ALPHA_PREMULTIPLIED,
      .has_background = options->background != 0,
      .background = {(uint8_t)(options->background >> 16), (uint8_t)(options->background >> 8),
                     (uint8_t)options->background}};
}
