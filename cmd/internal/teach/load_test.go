package teach

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	clients      = flag.Int("clients", ifLong(8, 4), "clients of the load test")
	ownWay       = flag.Int("own-way", ifLong(4, 2), "every so many-th of them has luck of its own; the others ask for the same")
	replications = flag.Int("replications", ifLong(45, 20), "of an ensemble of the load test")
)

func ifLong(yes, no int) int {
	if long {
		return yes
	}
	return no
}

// latencies are how long requests of each kind took.
type latencies struct {
	sync.Mutex
	by map[string][]time.Duration
}

func (l *latencies) add(kind string, d time.Duration) {
	l.Lock()
	defer l.Unlock()
	l.by[kind] = append(l.by[kind], d)
}

// tell prints the latencies of each kind, of which there must be so many.
func (l *latencies) tell(t *testing.T, least int, kinds ...string) {
	t.Helper()
	for _, kind := range kinds {
		d := l.by[kind]
		slices.Sort(d)
		if len(d) < least {
			t.Fatalf("%s: %d answers, and not %d", kind, len(d), least)
		}
		at := func(percent int) int64 { return d[(len(d)-1)*percent/100].Milliseconds() }
		t.Logf("%-13s n %6d  p50 %5d ms  p95 %5d ms  p99 %5d ms  longest %6d ms", kind, len(d), at(50), at(95), at(99), at(100))
	}
}

// student is a client with an address of its own, as in a class: all of
// 127.0.0.0/8 is this machine, on Linux at least.
func student(k int) *http.Client {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, byte(1+k/200), byte(1+k%200))}}
	if runtime.GOOS != "linux" {
		d = net.Dialer{}
	}
	return &http.Client{Transport: &http.Transport{DialContext: d.DialContext}}
}

// A class plays the lesson at the same time: all get all of it, and nothing is
// left running afterwards. With -clients 200 it is a large one.
func TestLoad(t *testing.T) {
	_, h := begin(t)
	code := openClass(t, h).Code
	files, err := loadPage()
	if err != nil {
		t.Fatal(err)
	}
	took := &latencies{by: map[string][]time.Duration{}}
	began := time.Now()
	var class sync.WaitGroup
	for k := range *clients {
		class.Go(func() {
			c := student(k)
			defer c.CloseIdleConnections()
			if err := play(c, h, files, k, code, took); err != nil {
				t.Errorf("client %d: %v", k, err)
			}
		})
	}
	class.Wait()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	t.Logf("%d clients in %.1f s, %d MB from the system", *clients, time.Since(began).Seconds(), memory.Sys>>20)
	took.tell(t, *clients, "page", "start", "dance", "prediction", "first picture", "last picture")
}

// play is what one student's browser asks for in a lesson.
func play(c *http.Client, h *httptest.Server, files pageFiles, k int, code string, took *latencies) error {
	began := time.Now()
	if err := whole(c.Get(h.URL + "/")); err != nil {
		return err
	}
	for name := range files {
		if err := whole(c.Get(h.URL + "/static/" + name)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	took.add("page", time.Since(began))
	timed := func(kind, path, body string) error {
		began := time.Now()
		var err error
		if body == "" {
			err = whole(c.Get(h.URL + path))
		} else {
			err = whole(c.Post(h.URL+path, "application/json", strings.NewReader(body)))
		}
		took.add(kind, time.Since(began))
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return nil
	}
	if err := timed("start", "/api/start", ""); err != nil {
		return err
	}
	if err := timed("prediction", "/api/class/"+code+"/prediction", fmt.Sprintf(`{"values":[10,20,30],"who":"student %d"}`, k)); err != nil {
		return err
	}
	seed := 1
	if k%*ownWay == 0 {
		seed = 2 + k
	}
	for round, years := range []string{"1", "3", "4"} {
		const what = `{"what":{"scenario":"short-system-project","set":{"project.years":"%s"}},"seed":%d,`
		begin := fmt.Sprintf(what, years, seed)
		if err := timed("dance", "/api/dance", begin+fmt.Sprintf(`"replication":%d}`, round)); err != nil {
			return err
		}
		if err := ensemble(c, h, begin+fmt.Sprintf(`"years":[8],"replications":%d}`, *replications), took); err != nil {
			return err
		}
	}
	return nil
}

// whole reads an answer to its end.
func whole(answer *http.Response, err error) error {
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%d %.200s", answer.StatusCode, b)
	}
	return err
}

// ensemble reads an ensemble and notes when its first and last lines came.
func ensemble(c *http.Client, h *httptest.Server, body string, took *latencies) error {
	began := time.Now()
	answer, err := c.Post(h.URL+"/api/ensemble", "application/json", strings.NewReader(body))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	lines := bufio.NewReader(answer.Body)
	last, text := "", ""
	for k := 0; err == nil; k++ {
		if last, err = lines.ReadString('\n'); last != "" {
			text = last
		}
		if k == 0 {
			took.add("first picture", time.Since(began))
		}
	}
	took.add("last picture", time.Since(began))
	if err != io.EOF || !strings.Contains(text, fmt.Sprintf(`{"replications":%d,"done":true`, *replications)) {
		return fmt.Errorf("%d %v %.200s", answer.StatusCode, err, text)
	}
	return nil
}
