"""What the browser and HTTP need."""
