package io.github.lodepngffm;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * When an image was last modified, in universal time: the tIME chunk (PNG, 11.3.5.1).
 *
 * @param year 0 to 65535
 * @param month 1 to 12
 * @param day 1 to 31, as many as the month has
 * @param hour 0 to 23
 * @param minute 0 to 59
 * @param second 0 to 60; 60 is a leap second
 */
public record PngTime(int year, int month, int day, int hour, int minute, int second) {
  private static final int MOST_YEARS = 0xFFFF;
  private static final int LEAP_SECOND = 60;

  /**
   * A moment with these values.
   *
   * @throws IllegalArgumentException if there is no such moment
   */
  public PngTime {
    try {
      LocalDate.of(year, month, day).atTime(hour, minute, Math.min(second, LEAP_SECOND - 1));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (year < 0 || year > MOST_YEARS || second > LEAP_SECOND) {
      throw new IllegalArgumentException(
          "year %d, second %d: must be 0 to 65535, and 0 to 60".formatted(year, second));
    }
  }

  /**
   * A moment to the second.
   *
   * @param instant of the years 0 to 65535
   * @return without the part of a second
   * @throws IllegalArgumentException if it is of another year
   */
  public static PngTime of(Instant instant) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    return new PngTime(
        time.getYear(),
        time.getMonthValue(),
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond());
  }

  /**
   * The same moment for {@code java.time}.
   *
   * @return a leap second as the one before it, since {@link Instant} has none
   */
  public Instant toInstant() {
    return LocalDateTime.of(year, month, day, hour, minute, Math.min(second, LEAP_SECOND - 1))
        .toInstant(ZoneOffset.UTC);
  }
}
