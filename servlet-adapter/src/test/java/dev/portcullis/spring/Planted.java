package dev.portcullis.spring;

/** Stands for the other adapter, which this one must not know. */
public final class Planted {}
