/**
 * The record of every IPsec SA of a router, on disk: {@link org.qfpsim.controlplane.sadb.SaDatabase} is the router's side,
 * {@link org.qfpsim.controlplane.sadb.SaDatabaseReader} any other process's. What is read is whole or not there, whoever was killed when.
 */
@NullMarked
package org.qfpsim.controlplane.sadb;

import org.jspecify.annotations.NullMarked;
