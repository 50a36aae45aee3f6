import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { PLACE_NOW } from './address/address.ts';
import { mayPass } from './api/problem.ts';
import { ROUTES } from './screens/routes.tsx';
import './console.css';

/** An answer is shown again at once when one comes back to it, and asked anew behind that. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      gcTime: 10 * 60_000,
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 1 && mayPass(error),
    },
  },
});

const router = createBrowserRouter(ROUTES);
const placeNow = () => router.state.navigation.location ?? router.state.location;

createRoot(document.getElementById('console')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <PLACE_NOW value={placeNow}>
        <RouterProvider router={router} />
      </PLACE_NOW>
    </QueryClientProvider>
  </StrictMode>,
);
