/** Native memory on loan, and what is checked of segments. */
package io.github.lodepngffm.internal.memory;
