//go:build !worker

package teach

import (
	"net"
	"net/http"
	"sync"
)

// connections counts those of each client. One on which nothing is asked for, or
// slowly, costs memory and a file too, and a client could keep as many as it likes.
type connections struct {
	mu     sync.Mutex
	of     map[net.Conn]string // client of each
	number map[string]int      // by client
}

func newConnections() *connections {
	return &connections{of: map[net.Conn]string{}, number: map[string]int{}}
}

// Connection is the ConnState of the HTTP server that Handler serves: it closes
// what is one connection too many for its client.
func (s *Server) Connection(c net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		if !s.connections.open(c) {
			_ = c.Close() // the client makes another when it asks again
		}
	case http.StateClosed, http.StateHijacked:
		s.connections.close(c)
	}
}

// open counts a new connection, and says whether its client may have it.
func (cs *connections) open(c net.Conn) bool {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	client := clientAt(c.RemoteAddr().String())
	if cs.number[client] >= mostConnections {
		return false
	}
	cs.of[c] = client
	cs.number[client]++
	return true
}

func (cs *connections) close(c net.Conn) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	client, counted := cs.of[c]
	if !counted {
		return
	}
	delete(cs.of, c)
	if cs.number[client]--; cs.number[client] == 0 {
		delete(cs.number, client)
	}
}
