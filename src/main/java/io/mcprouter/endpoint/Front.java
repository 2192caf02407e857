package io.mcprouter.endpoint;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.routing.ServerCalls;

/** What all kinds of clients share behind their own way of talking. */
record Front(
    EndpointSettings settings,
    ClientSessions sessions,
    Initialization initialization,
    Dispatcher dispatcher,
    ResourceMetadata metadata,
    ProvenConnections connections,
    Disclosure disclosure) {
  static Front of(
      EndpointSettings settings,
      ClientSessions sessions,
      Catalog catalog,
      ServerCalls servers,
      ResourceMetadata metadata,
      ProvenConnections connections,
      Disclosure disclosure) {
    return new Front(
        settings,
        sessions,
        new Initialization(catalog, servers, sessions, disclosure),
        new Dispatcher(catalog, servers, settings, disclosure),
        metadata,
        connections,
        disclosure);
  }
}
