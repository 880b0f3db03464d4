//go:build !worker

package teach

import (
	"net"
	"net/http"
	"sync"
)

// idles counts the connections of each client on which nothing is asked for. They
// cost memory and a file each, and a client could keep as many as it likes.
type idles struct {
	mu     sync.Mutex
	of     map[net.Conn]string // client of each idle one
	number map[string]int      // by client
}

func newIdles() *idles { return &idles{of: map[net.Conn]string{}, number: map[string]int{}} }

// Connection is the ConnState of the HTTP server that Handler serves: it closes
// the idle connections that are too many for one client.
func (s *Server) Connection(c net.Conn, state http.ConnState) {
	idle := state == http.StateNew || state == http.StateIdle
	if !s.idles.count(c, idle) {
		_ = c.Close() // the client makes another when it asks again
	}
}

// count notes whether a connection is idle now, and says whether it may be.
func (i *idles) count(c net.Conn, idle bool) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	client, was := i.of[c]
	switch {
	case idle && !was:
		client = clientAt(c.RemoteAddr().String())
		if i.number[client] >= mostIdle {
			return false
		}
		i.of[c] = client
		i.number[client]++
	case !idle && was:
		delete(i.of, c)
		if i.number[client]--; i.number[client] == 0 {
			delete(i.number, client)
		}
	}
	return true
}
