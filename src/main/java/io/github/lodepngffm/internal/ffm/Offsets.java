package io.github.lodepngffm.internal.ffm;

/**
 * Where the fields of the C structures lie: {@code lpf_options.flags} is {@code OPTIONS_FLAGS}. The
 * structures have members of 4 and 8 bytes alone, so that this is the same on every platform. A
 * test compares with the layouts of the generated bindings, and these with the C compiler.
 */
final class Offsets {
  static final int OPTIONS_SIZE = 72;
  static final int OPTIONS_MAX_INPUT_BYTES = 0;
  static final int OPTIONS_MAX_PIXELS = 8;
  static final int OPTIONS_MAX_OUTPUT_BYTES = 16;
  static final int OPTIONS_MAX_MEMORY_BYTES = 24;
  static final int OPTIONS_MAX_ANCILLARY_BYTES = 32;
  static final int OPTIONS_MAX_CHUNKS = 40;
  static final int OPTIONS_MAX_IDAT_RATIO = 48;
  static final int OPTIONS_FLAGS = 56;
  static final int OPTIONS_BMP_FORMAT = 60;
  static final int OPTIONS_ALPHA = 64;
  static final int OPTIONS_BACKGROUND = 68;

  static final int INFO_SIZE = 24;
  static final int INFO_WIDTH = 0;
  static final int INFO_HEIGHT = 4;
  static final int INFO_BIT_DEPTH = 8;
  static final int INFO_COLOR_TYPE = 12;
  static final int INFO_INTERLACE_METHOD = 16;
  static final int INFO_DECODE_PATH = 20;

  static final int PLAN_SIZE = 72;
  static final int PLAN_INFO = 0;
  static final int PLAN_OUTPUT_BYTES = 24;
  static final int PLAN_SCRATCH_BYTES = 40;
  static final int PLAN_LIMIT = 48;
  static final int PLAN_WANTED = 56;

  static final int PIXELS_SIZE = 32;
  static final int PIXELS_FIRST_ROW = 0;
  static final int PIXELS_STRIDE = 8;
  static final int PIXELS_WIDTH = 16;
  static final int PIXELS_HEIGHT = 20;
  static final int PIXELS_FORMAT = 24;

  static final int SELECTION_SIZE = 24;
  static final int SELECTION_X = 0;
  static final int SELECTION_Y = 4;
  static final int SELECTION_WIDTH = 8;
  static final int SELECTION_HEIGHT = 12;
  static final int SELECTION_STEP_X = 16;
  static final int SELECTION_STEP_Y = 20;

  static final int PIECE_SIZE = 24;
  static final int PIECE_USED = 0;
  static final int PIECE_WANTED = 8;
  static final int PIECE_LAST = 16;

  static final int BANDS_SIZE = 32;
  static final int BANDS_PIXELS_AT = 0;
  static final int BANDS_ROW_BYTES = 8;
  static final int BANDS_PROFILE_BYTES = 16;
  static final int BANDS_STATE_BYTES = 24;

  static final int REPORT_SIZE = 296;
  static final int REPORT_BYTES_WRITTEN = 0;
  static final int REPORT_PEAK_MEMORY_BYTES = 8;
  static final int REPORT_LIMIT = 16;
  static final int REPORT_WANTED = 24;
  static final int REPORT_DECODE_PATH = 32;
  static final int REPORT_WARNING_COUNT = 36;
  static final int REPORT_WARNINGS = 40;

  static final int WARNING_SIZE = 16;
  static final int WARNING_OFFSET = 0;
  static final int WARNING_CHUNK_TYPE = 8;
  static final int WARNING_CODE = 12;

  static final int METADATA_SIZE = 1072;
  static final int METADATA_INFO = 0;
  static final int METADATA_PALETTE_ENTRIES = 24;
  static final int METADATA_HAS_KEY = 28;
  static final int METADATA_KEY = 32;
  static final int METADATA_CHUNK_COUNT = 44;
  static final int METADATA_PALETTE = 48;

  static final int CHUNK_SIZE = 40;
  static final int CHUNK_OFFSET = 0;
  static final int CHUNK_LENGTH = 8;
  static final int CHUNK_INFLATED_AT = 16;
  static final int CHUNK_INFLATED_BYTES = 24;
  static final int CHUNK_CHUNK_TYPE = 32;
  static final int CHUNK_IS_INFLATED = 36;

  static final int SPAN_SIZE = 16;
  static final int SPAN_OFFSET = 0;
  static final int SPAN_LENGTH = 8;

  static final int ENCODE_OPTIONS_SIZE = 32;
  static final int ENCODE_OPTIONS_MAX_PIXELS = 0;
  static final int ENCODE_OPTIONS_MAX_OUTPUT_BYTES = 8;
  static final int ENCODE_OPTIONS_MAX_MEMORY_BYTES = 16;
  static final int ENCODE_OPTIONS_FLAGS = 24;
  static final int ENCODE_OPTIONS_EFFORT = 28;

  static final int ENCODE_PLAN_SIZE = 1376;
  static final int ENCODE_PLAN_OUTPUT_BYTES = 0;
  static final int ENCODE_PLAN_HEADER_BYTES = 8;
  static final int ENCODE_PLAN_STRIP_BYTES = 16;
  static final int ENCODE_PLAN_SCRATCH_BYTES = 24;
  static final int ENCODE_PLAN_LIMIT = 32;
  static final int ENCODE_PLAN_WANTED = 40;
  static final int ENCODE_PLAN_STRIP_COUNT = 76;
  static final int ENCODE_PLAN_STRIP_SCANLINES = 80;

  static final int STRIPS_SIZE = 16;
  static final int STRIPS_SCANLINE_BYTES = 0;
  static final int STRIPS_COUNT = 8;
  static final int STRIPS_ADLER32 = 12;

  static final int BMPINFO_SIZE = 88;
  static final int BMPINFO_WIDTH = 0;
  static final int BMPINFO_HEIGHT = 4;
  static final int BMPINFO_HEADER_BYTES = 8;
  static final int BMPINFO_BIT_COUNT = 12;
  static final int BMPINFO_COMPRESSION = 16;
  static final int BMPINFO_TOP_DOWN = 20;
  static final int BMPINFO_PALETTE_ENTRIES = 24;
  static final int BMPINFO_GRAY_PALETTE = 28;
  static final int BMPINFO_RED_MASK = 32;
  static final int BMPINFO_ALPHA_MASK = 44;
  static final int BMPINFO_HORIZONTAL_PIXELS_PER_METRE = 48;
  static final int BMPINFO_VERTICAL_PIXELS_PER_METRE = 52;
  static final int BMPINFO_PROFILE_AT = 72;
  static final int BMPINFO_PROFILE_BYTES = 80;

  static final int BMPPLAN_SIZE = 120;
  static final int BMPPLAN_INFO = 0;
  static final int BMPPLAN_OUTPUT_BYTES = 88;
  static final int BMPPLAN_SCRATCH_BYTES = 96;
  static final int BMPPLAN_LIMIT = 104;
  static final int BMPPLAN_WANTED = 112;

  private Offsets() {}
}
