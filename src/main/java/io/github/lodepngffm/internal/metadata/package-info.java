/** Between the chunks of a PNG that say something beside the pixels, and the values of the API. */
package io.github.lodepngffm.internal.metadata;
