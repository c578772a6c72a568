package io.github.lodepngffm;

/**
 * That a PNG is animated: the acTL chunk (PNG, 11.3.6.1). The frames are not decoded; what is
 * decoded is the image that a viewer without animation shows.
 *
 * @param frames how many it says there are, 1 to 4,294,967,295
 * @param plays how often they are to be shown, 0 for without end
 */
public record Animation(long frames, long plays) {}
