//go:build !worker

package teach

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"net/http"
	"regexp"
	"strings"
)

// codeWords are easy to read out and to type, in a room where Finnish, Swedish
// or English is spoken.
var codeWords = strings.Fields("KIVI MUSTA SATU TALO LUMI MERI KUU PURO SAARI VENE HIIRI KOTI VALO TUULI JOKI METSA LINTU OMENA KARHU KETTU " +
	"KALA PUU RANTA MARJA SIENI LAMPI SUO NIEMI HAUKI POLKU SAUNA ILMA PILVI SADE AURA KELLO OVI TORI SILTA VUORI")

// codeForm is what a code looks like. There are 40 words with 900 numbers each,
// 36 000 codes. A client has missesAtOnce wrong ones and then one every missEvery:
// 280 in a lesson of 45 minutes, which find a given class once in 130 lessons.
// All codes would take 100 hours; a class is forgotten long before.
var codeForm = regexp.MustCompile(`^[A-Z]{2,8}-[1-9][0-9]{2}$`)

// keyForm is what a teacher's key looks like.
var keyForm = regexp.MustCompile(`^[A-Z2-7]{26,64}$`)

// luckNumber is a number below n that nobody can foresee. It decides nothing
// that is simulated.
func luckNumber(n int) int {
	k, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic(err) // a system without randomness cannot be served from
	}
	return int(k.Int64())
}

// free is a code that no class has.
func (cs *classes) free() string {
	for {
		code := fmt.Sprintf("%s-%d", codeWords[luckNumber(len(codeWords))], 100+luckNumber(900))
		if cs.byCode[code] == nil {
			return code
		}
	}
}

// enter lets a client into the class of a code. A client that has tried too many
// wrong codes is let into none, lest it find one by trying; but for those where
// it has been, or whose key it has. The class must be used with the lock held.
func (cs *classes) enter(code, client, key string) (*class, error) {
	cs.forget()
	code = strings.ToUpper(code)
	c, now := cs.byCode[code], cs.now()
	if c == nil || !c.guests[client] && !c.isKey(key) {
		if cs.misses.wait(client, now) > 0 && cs.misses.spent[client].last != code {
			return nil, refuse(http.StatusTooManyRequests, "too many wrong codes came from this device; try again in %.0f seconds", missEvery.Seconds())
		}
	}
	if c == nil {
		cs.misses.take(client, code, now) // there was one, or it is the same code again
		return nil, refuse(http.StatusNotFound, "there is no class %.20s; look at the code again, or ask whether the class is over", code)
	}
	if len(c.guests) < mostRemembered {
		c.guests[client] = true
	}
	c.used = now
	return c, nil
}

// taught finds a class and checks the teacher's key.
func (cs *classes) taught(code, client, key string) (*class, error) {
	c, err := cs.enter(code, client, key)
	if err == nil && !c.isKey(key) {
		err = refuse(http.StatusForbidden, "only who opened class %s can do this", c.code)
	}
	return c, err
}

func (c *class) isKey(key string) bool {
	return subtle.ConstantTimeCompare([]byte(key), []byte(c.key)) == 1
}
