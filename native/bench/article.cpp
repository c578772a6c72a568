// article.cpp: the conversion that "Using Buffers to share data between Node.js and C++" (Scott
// Frees, RisingStack, 2016) builds its example on, written anew: what it costs is what matters
// here. The PNG is copied into a vector, stock LodePNG decodes it to R,G,B in a second vector, and
// the BMP grows byte by byte in a third one. Its limits are kept as well: sides of at most 65,535
// pixels.
#include <cstdint>
#include <vector>

#include "lodepng.h"
#include "peer.h"

namespace {

using Bytes = std::vector<unsigned char>;

void append(Bytes &bmp, unsigned value, int bytes) {
  for (int i = 0; i < bytes; i++) {
    bmp.push_back(static_cast<unsigned char>(value % 256));
    value /= 256;
  }
}

void append_header(Bytes &bmp, int width, int height) {
  bmp.push_back('B');
  bmp.push_back('M');
  append(bmp, 0, 4);   // bfSize, known at the end
  append(bmp, 0, 4);   // reserved
  append(bmp, 54, 4);  // bfOffBits
  append(bmp, 40, 4);  // biSize
  append(bmp, static_cast<unsigned>(width) % 65536, 4);
  append(bmp, static_cast<unsigned>(height) % 65536, 4);
  append(bmp, 1, 2);   // biPlanes
  append(bmp, 24, 2);  // biBitCount
  for (int i = 0; i < 6; i++) {
    append(bmp, 0, 4);
  }
}

// One byte at a time, each with the division that finds its pixel: the article's inner loop.
void append_rows(Bytes &bmp, const unsigned char *rgb, int width, int height) {
  const int channels = 3;
  int row_bytes = channels * width;
  if (row_bytes % 4 != 0) {
    row_bytes += 4 - row_bytes % 4;
  }
  for (int y = height - 1; y >= 0; y--) {
    int channel = 0;
    for (int x = 0; x < row_bytes; x++) {
      if (x < width * channels) {
        const int mirrored = channel == 0 ? 2 : channel == 2 ? 0 : channel;
        bmp.push_back(rgb[channels * (width * y + x / channels) + mirrored]);
      } else {
        bmp.push_back(0);
      }
      channel = channel + 1 >= channels ? 0 : channel + 1;
    }
  }
}

bool convert(const Bytes &png, Bytes &bmp) {
  Bytes rgb;
  unsigned width = 0;
  unsigned height = 0;
  if (lodepng::decode(rgb, width, height, png, LCT_RGB, 8) != 0) {
    return false;
  }
  append_header(bmp, static_cast<int>(width), static_cast<int>(height));
  append_rows(bmp, rgb.data(), static_cast<int>(width), static_cast<int>(height));
  for (std::size_t i = 0, size = bmp.size(); i < 4; i++, size /= 256) {
    bmp[2 + i] = static_cast<unsigned char>(size % 256);
  }
  return true;
}

int32_t run(int32_t, const uint8_t *input, unsigned long long input_size, uint8_t *,
            unsigned long long, lpb_result *result) {
  const Bytes png(input, input + input_size);
  Bytes *bmp = new Bytes;  // handed to the caller as it is, freed by release
  if (!convert(png, *bmp)) {
    delete bmp;
    return LPB_FAILED;
  }
  result->bytes = bmp->data();
  result->size = bmp->size();
  result->owner = bmp;
  return 0;
}

void release(lpb_result *result) {
  delete static_cast<Bytes *>(result->owner);
}

const char *version() {
  return LODEPNG_VERSION_STRING;
}

}  // namespace

const lpb_peer lpb_article = {"article", LPB_WORK_CONVERT, version, run, release};
