package teach

import (
	"testing"

	"go.uber.org/goleak"
)

// Whatever was asked for and by whom, nothing goes on once a server is closed.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
