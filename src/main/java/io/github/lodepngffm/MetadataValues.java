package io.github.lodepngffm;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** All that {@link PngMetadata} can say; null is nothing. Never changed once metadata has it. */
final class MetadataValues {
  int[] palette = {};
  TransparentColor transparentColor;
  List<PngText> texts = List.of();
  Double gamma;
  byte[] exif;
  PhysicalDimensions physicalDimensions;
  IccProfile iccProfile;
  RenderingIntent renderingIntent;
  Chromaticities chromaticities;
  CodingIndependentCodePoints codingIndependentCodePoints;
  MasteringDisplay masteringDisplay;
  ContentLightLevel contentLightLevel;
  PngTime lastModified;
  BackgroundColor background;
  SignificantBits significantBits;
  Animation animation;
  List<PngWarning> warnings = List.of();
  long warningCount;

  MetadataValues copy() {
    MetadataValues copy = new MetadataValues();
    copy.palette = palette;
    copy.transparentColor = transparentColor;
    copy.texts = texts;
    copy.gamma = gamma;
    copy.exif = exif;
    copy.physicalDimensions = physicalDimensions;
    copy.iccProfile = iccProfile;
    copy.renderingIntent = renderingIntent;
    copy.chromaticities = chromaticities;
    copy.codingIndependentCodePoints = codingIndependentCodePoints;
    copy.masteringDisplay = masteringDisplay;
    copy.contentLightLevel = contentLightLevel;
    copy.lastModified = lastModified;
    copy.background = background;
    copy.significantBits = significantBits;
    copy.animation = animation;
    copy.warnings = warnings;
    copy.warningCount = warningCount;
    return copy;
  }

  /** As values that can be compared. */
  List<Object> all() {
    return Arrays.asList(
        Arrays.stream(palette).boxed().toList(),
        transparentColor,
        texts,
        gamma,
        exif == null ? null : ByteBuffer.wrap(exif),
        physicalDimensions,
        iccProfile,
        renderingIntent,
        chromaticities,
        codingIndependentCodePoints,
        masteringDisplay,
        contentLightLevel,
        lastModified,
        background,
        significantBits,
        animation,
        warnings,
        warningCount);
  }
}
