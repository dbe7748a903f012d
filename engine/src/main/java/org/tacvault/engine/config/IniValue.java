package org.tacvault.engine.config;

/**
 * A value and where it was read.
 *
 * @param text stripped; the lines of a continued value are joined by LF
 * @param line of the key, counted from 1
 */
public record IniValue(String text, int line) {}
